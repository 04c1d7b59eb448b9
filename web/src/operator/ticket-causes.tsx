import { Button, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { CodeMark } from '../parts/code-mark.tsx'
import { Dialog } from '../parts/dialog.tsx'
import panel from '../parts/panel.module.css'
import { AnswerForm } from './answer-form.tsx'
import type { TicketCause } from './operator-queries.ts'
import styles from './ticket-causes.module.css'

interface Props {
  causes: readonly TicketCause[]
}

/** Tickets with one cause: read once, answered once. */
export const TicketCauses = ({ causes }: Props) => {
  const { t } = useTranslation('operator')
  const { t: errors } = useTranslation('errors')
  const [answering, setAnswering] = useState<TicketCause>()
  return (
    <section aria-labelledby="ticket-causes">
      <Title order={2} id="ticket-causes" mb="xs">
        {t('tickets.together')}
      </Title>
      <ul className={`${panel['panel'] ?? ''} ${styles['causes'] ?? ''}`}>
        {causes.map((cause) => (
          <li key={`${cause.problem.code} ${cause.system ?? ''}`} className={styles['cause']}>
            <strong className={styles['count']}>{cause.count}</strong>
            <div>
              <p className={styles['text']}>
                <span className={styles['example']}>{errors('forExample')}</span>{' '}
                {cause.problem.text}
              </p>
              <CodeMark code={cause.problem.code} />
            </div>
            <Group>
              <Button size="xs" variant="light" onClick={() => setAnswering(cause)}>
                {t('tickets.answerAll', { count: cause.count })}
              </Button>
            </Group>
          </li>
        ))}
      </ul>
      <Dialog
        opened={answering !== undefined}
        onClose={() => setAnswering(undefined)}
        title={t('tickets.answerAll', { count: answering?.count ?? 0 })}
      >
        {answering && (
          <>
            <Text mb="sm">{t('tickets.answerAllText')}</Text>
            <AnswerForm
              ticketIds={answering.ticketIds}
              languages={['nl', 'en']}
              canned={answering.canned}
              prefilled
              onDone={() => setAnswering(undefined)}
            />
          </>
        )}
      </Dialog>
    </section>
  )
}
