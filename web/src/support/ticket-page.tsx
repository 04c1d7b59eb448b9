import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconArrowLeft, IconMessageOff } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { Failure } from '../api/failure.ts'
import { liveKey } from '../api/queries.ts'
import { tellFailure } from '../booking/tell.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { breakable } from '../parts/breakable.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { MessageList } from './message-list.tsx'
import { ticketQuery, type Thread } from './support-queries.ts'
import styles from './ticket-page.module.css'
import { TicketMark } from './ticket-mark.tsx'
import { WriteForm } from './write-form.tsx'

const route = getRouteApi('/signed-in/i/$integrationId/support/$ticketId')

/** One ticket: what was asked, what was answered, and room to write more. */
export const TicketPage = () => {
  const { t } = useTranslation('support')
  const { id: integrationId } = useIntegration()
  const { ticketId } = route.useParams()
  const query = useQuery(ticketQuery(integrationId, ticketId, useLanguage()))
  const missing = query.error instanceof Failure && [400, 404].includes(query.error.status)
  return (
    <Stack gap="lg" className={styles['page'] ?? ''}>
      <Link to="/i/$integrationId/support" params={{ integrationId }} className={styles['back']}>
        <IconArrowLeft size={16} aria-hidden /> {t('back')}
      </Link>
      {missing ? (
        <EmptyNotice
          order={1}
          icon={IconMessageOff}
          title={t('missing.title')}
          text={t('missing.text')}
        />
      ) : query.data ? (
        <TicketThread {...query.data} />
      ) : query.error ? (
        <QueryFailure query={query} />
      ) : (
        <ListLoading rows={3} height={88} />
      )}
    </Stack>
  )
}

const TicketThread = ({ ticket, messages, figuresUntil }: Thread) => {
  const { t } = useTranslation('support')
  const format = useFormat()
  const { id: integrationId, name, mayChange } = useIntegration()
  const queries = useQueryClient()
  const ask = useAsk()
  useDocumentTitle(`${ticket.subject} · ${name} · Doorvoer`)
  const params = { integrationId, ticketId: ticket.id }
  const refresh = () => queries.invalidateQueries({ queryKey: liveKey(integrationId) })

  const send = async (text: string): Promise<unknown> => {
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/tickets/:ticketId/messages', {
        params,
        body: { text },
      }),
    )
    await refresh()
    return said.is === 'failed' ? said.error : undefined
  }
  const settle = async () => {
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/tickets/:ticketId/settle', {
        params,
        body: { settled: true },
      }),
    )
    if (said.is === 'failed') tellFailure(said.error)
    await refresh()
  }

  return (
    <>
      <header>
        <Title order={1}>{breakable(ticket.subject)}</Title>
        <Group gap="sm" mt={6}>
          <TicketMark state={ticket.state} />
          <Text size="sm" c="dimmed">
            {ticket.reference}
          </Text>
          {ticket.problem && <CodeMark code={ticket.problem.code} />}
          {ticket.bookingId !== null && (
            <Link
              to="/i/$integrationId/support/$ticketId"
              params={params}
              search={{ booking: ticket.bookingId }}
              className={styles['sale']}
            >
              {t('showSale')}
            </Link>
          )}
        </Group>
        {figuresUntil !== null && (
          <Text size="sm" c="dimmed" mt={4}>
            {t('figuresUntil', { day: format.day(figuresUntil.slice(0, 10)) })}
          </Text>
        )}
      </header>
      <MessageList messages={messages} own="merchant" />
      {mayChange && (
        <>
          <WriteForm
            name={`ticket:${ticket.id}`}
            label={ticket.state === 'settled' ? t('reopen') : t('write')}
            onSend={send}
          />
          {ticket.state !== 'settled' && (
            <Group justify="space-between" className={styles['foot'] ?? ''}>
              <Text size="sm" c="dimmed">
                {t('settleMeans')}
              </Text>
              <Button variant="default" size="sm" onClick={() => void settle()}>
                {t('settle')}
              </Button>
            </Group>
          )}
        </>
      )}
    </>
  )
}
