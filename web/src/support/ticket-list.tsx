import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { breakable } from '../parts/breakable.ts'
import { Moment } from '../parts/moment.tsx'
import panel from '../parts/panel.module.css'
import { useIntegration } from '../shell/integration.ts'
import type { Ticket } from './support-queries.ts'
import styles from './ticket-list.module.css'
import { TicketMark } from './ticket-mark.tsx'

interface Props {
  tickets: readonly Ticket[]
}

/** What was asked, with whose turn it is. */
export const TicketList = ({ tickets }: Props) => {
  const { t } = useTranslation('support')
  const { id: integrationId } = useIntegration()
  return (
    <ul className={`${panel['panel'] ?? ''} ${styles['tickets'] ?? ''}`} aria-label={t('tickets')}>
      {tickets.map((ticket) => (
        <li key={ticket.id} className={styles['ticket']}>
          <Link
            to="/i/$integrationId/support/$ticketId"
            params={{ integrationId, ticketId: ticket.id }}
            className={styles['link']}
          >
            {breakable(ticket.subject)}
          </Link>
          <TicketMark state={ticket.state} />
          <span className={styles['small']}>
            {ticket.reference}
            {ticket.problem && ` · ${ticket.problem.code}`}
          </span>
          <span className={styles['when']}>
            <Moment at={ticket.changedAt} />
          </span>
        </li>
      ))}
    </ul>
  )
}
