import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconArrowLeft, IconMessageOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { Failure } from '../api/failure.ts'
import { useLanguage } from '../i18n/language.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { MessageList } from '../support/message-list.tsx'
import { TicketMark } from '../support/ticket-mark.tsx'
import styles from '../support/ticket-page.module.css'
import { AnswerForm } from './answer-form.tsx'
import { IntegrationName } from './integration-name.tsx'
import { operatorTicketQuery, type OperatorThread } from './operator-queries.ts'
import { TicketFacts } from './ticket-facts.tsx'
import { useDeed } from './use-deed.ts'

const route = getRouteApi('/operator/tickets/$ticketId')

/** One ticket from the operator's side. */
export const OperatorTicketPage = () => {
  const { t } = useTranslation('operator')
  const { ticketId } = route.useParams()
  const query = useQuery(operatorTicketQuery(ticketId, useLanguage()))
  const missing = query.error instanceof Failure && [400, 404].includes(query.error.status)
  return (
    <Stack gap="lg" className={styles['page'] ?? ''}>
      <Link to="/operator/tickets" className={styles['back']}>
        <IconArrowLeft size={16} aria-hidden /> {t('tickets.back')}
      </Link>
      {missing ? (
        <EmptyNotice
          order={1}
          icon={IconMessageOff}
          title={t('tickets.missing')}
          text={t('tickets.missingText')}
        />
      ) : query.data ? (
        <OperatorTicket {...query.data} />
      ) : query.error ? (
        <QueryFailure query={query} />
      ) : (
        <ListLoading rows={3} height={88} />
      )}
    </Stack>
  )
}

const OperatorTicket = (thread: OperatorThread) => {
  const { ticket, messages, language, canned } = thread
  const { t } = useTranslation('operator')
  const { act } = useDeed()
  useDocumentTitle(`${ticket.reference} · ${t('brand')}`)
  const params = { ticketId: ticket.id }
  const assign = (to: 'me' | 'nobody') =>
    void act(() => call('POST /api/operator/tickets/:ticketId/assign', { params, body: { to } }))
  const settle = () =>
    void act(() =>
      call('POST /api/operator/tickets/:ticketId/settle', { params, body: { settled: true } }),
    )

  return (
    <>
      <header>
        <Title order={1}>{ticket.subject}</Title>
        <Group gap="sm" mt={6}>
          <TicketMark state={ticket.state} />
          <Text size="sm" c="dimmed">
            {ticket.reference}
          </Text>
          {ticket.problem && <CodeMark code={ticket.problem.code} />}
        </Group>
        <Group mt="sm" justify="space-between">
          <IntegrationName integration={ticket.integration} />
          <Group gap="xs">
            <Text size="sm" c="dimmed">
              {ticket.assignee === null
                ? t('tickets.nobody')
                : t('tickets.assigned', { name: ticket.assignee.name })}
            </Text>
            <Button
              size="xs"
              variant="default"
              onClick={() => assign(ticket.assignee === null ? 'me' : 'nobody')}
            >
              {ticket.assignee === null ? t('tickets.take') : t('tickets.putBack')}
            </Button>
            {ticket.state !== 'settled' && (
              <Button size="xs" variant="default" onClick={settle}>
                {t('tickets.settle')}
              </Button>
            )}
          </Group>
        </Group>
      </header>
      <TicketFacts {...thread} />
      <MessageList messages={messages} own="operator" />
      <AnswerForm ticketIds={[ticket.id]} languages={[language]} canned={canned} />
    </>
  )
}
