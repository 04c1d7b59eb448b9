import { Button, Code, Group, Stack, Text, Title } from '@mantine/core'
import { IconLockOpen } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import facts from '../booking/facts.module.css'
import { useFormat } from '../i18n/format.ts'
import panel from '../parts/panel.module.css'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import styles from './integration-page.module.css'
import type { OperatorThread } from './operator-queries.ts'
import { useDeed } from './use-deed.ts'

/** What went along with a ticket: facts at once, what may tell of a buyer only with a reason. */
export const TicketFacts = ({ ticket, facts: known, figuresUntil }: OperatorThread) => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  const { attempt } = useDeed()
  const [asking, setAsking] = useState(false)
  const [content, setContent] = useState<Record<string, unknown>>()
  if (known === null && ticket.problem === null) return null
  const plain = Object.entries(known ?? {}).filter(
    (pair): pair is [string, string | number] =>
      typeof pair[1] === 'string' || typeof pair[1] === 'number',
  )
  return (
    <section
      className={`${panel['panel'] ?? ''} ${styles['measures'] ?? ''}`}
      aria-label={t('facts.title')}
    >
      <Stack gap="sm">
        {ticket.problem && (
          <div>
            <Text fw={600}>{ticket.problem.text}</Text>
            <Text size="sm" c="dimmed">
              {ticket.problem.cause}
            </Text>
          </div>
        )}
        <dl className={facts['facts']}>
          {plain.map(([name, value]) => (
            <div key={name}>
              <dt>{t(`fact.${name as 'number'}`, { defaultValue: name })}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {figuresUntil !== null && content === undefined && (
          <Group>
            <Button
              size="xs"
              variant="default"
              leftSection={<IconLockOpen size={16} aria-hidden />}
              onClick={() => setAsking(true)}
            >
              {t('facts.open')}
            </Button>
            <Text size="sm" c="dimmed">
              {t('facts.until', { day: format.day(figuresUntil.slice(0, 10)) })}
            </Text>
          </Group>
        )}
        {content !== undefined && (
          <div>
            <Title order={3} mb={4}>
              {t('facts.figures')}
            </Title>
            <Code block mah={420} tabIndex={0} role="region" aria-label={t('facts.figures')}>
              {JSON.stringify(content, null, 2)}
            </Code>
          </div>
        )}
      </Stack>
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('facts.open')}
        text={t('facts.openText')}
        confirm={t('facts.open')}
        onConfirm={(reason) =>
          attempt(async () => {
            const answer = await call('POST /api/operator/tickets/:ticketId/open-figures', {
              params: { ticketId: ticket.id },
              body: { reason },
            })
            setContent(answer.content)
          })
        }
      />
    </section>
  )
}
