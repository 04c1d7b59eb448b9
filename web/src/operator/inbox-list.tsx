import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../parts/moment.tsx'
import panel from '../parts/panel.module.css'
import styles from '../support/ticket-list.module.css'
import { TicketMark } from '../support/ticket-mark.tsx'
import type { InboxTicket } from './operator-queries.ts'

interface Props {
  tickets: readonly (Omit<InboxTicket, 'integration' | 'assignee'> &
    Partial<Pick<InboxTicket, 'integration' | 'assignee'>>)[]
}

/** Tickets of merchants, the one that changed last first. */
export const InboxList = ({ tickets }: Props) => {
  const { t } = useTranslation('operator')
  return (
    <ul
      className={`${panel['panel'] ?? ''} ${styles['tickets'] ?? ''}`}
      aria-label={t('tickets.title')}
    >
      {tickets.map((ticket) => (
        <li key={ticket.id} className={styles['ticket']}>
          <Link
            to="/operator/tickets/$ticketId"
            params={{ ticketId: ticket.id }}
            className={styles['link']}
          >
            {ticket.subject}
          </Link>
          <TicketMark state={ticket.state} />
          <span className={styles['small']}>
            {[
              ticket.reference,
              ticket.integration?.merchant || ticket.integration?.name,
              ticket.problem?.code,
              ticket.assignee && t('tickets.assigned', { name: ticket.assignee.name }),
            ]
              .filter((each) => each != null && each !== '')
              .join(' · ')}
          </span>
          <span className={styles['when']}>
            <Moment at={ticket.changedAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}
