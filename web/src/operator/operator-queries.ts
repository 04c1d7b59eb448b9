import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call, type Answer, type Request } from '../api/client.ts'
import type { Language } from '../i18n/language.ts'

export type HealthLine = Answer<'GET /api/operator/integrations'>['items'][number]
export type HealthSearch = Pick<
  NonNullable<Request<'GET /api/operator/integrations'>['query']>,
  'sort' | 'show' | 'search'
>
export type IntegrationDetail = Answer<'GET /api/operator/integrations/:integrationId'>
export type Alarm = Answer<'GET /api/operator/alarms'>['items'][number]
export type InboxTicket = Answer<'GET /api/operator/tickets'>['items'][number]
export type TicketCause = Answer<'GET /api/operator/ticket-causes'>[number]
export type OperatorThread = Answer<'GET /api/operator/tickets/:ticketId'>
export type Remote = Answer<'GET /api/operator/remotes'>[number]
export type QueueLine = Answer<'GET /api/operator/queues'>['queues'][number]
export type Mail = Answer<'GET /api/operator/mails'>['items'][number]
export type LogLine = Answer<'GET /api/operator/log'>['items'][number]

/** Everything of the console lies under this key. */
export const consoleKey = ['operator'] as const

const pageSize = 50
const firstPage = undefined as string | undefined
const nextOf = (page: { next: string | null }) => page.next ?? undefined

export const operatorQuery = () =>
  queryOptions({
    queryKey: [...consoleKey, 'me'],
    queryFn: ({ signal }) => call('GET /api/operator/me', {}, signal),
    refetchInterval: 60_000,
    retry: false,
  })

export const healthQuery = (wanted: HealthSearch) =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'health', wanted],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/operator/integrations',
        { query: { ...wanted, limit: pageSize, after: pageParam } },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  })

export const integrationQuery = (integrationId: string, language: Language) =>
  queryOptions({
    queryKey: [...consoleKey, 'integration', integrationId, language],
    queryFn: ({ signal }) =>
      call(
        'GET /api/operator/integrations/:integrationId',
        { params: { integrationId }, query: { language } },
        signal,
      ),
  })

export const alarmsQuery = (show: 'standing' | 'all') =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'alarms', show],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/operator/alarms',
        { query: { show, limit: pageSize, after: pageParam } },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  })

export const inboxQuery = (language: Language, state: InboxTicket['state'], mine: boolean) =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'tickets', language, state, mine],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/operator/tickets',
        { query: { language, state, mine: String(mine), limit: pageSize, after: pageParam } },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  })

export const ticketCausesQuery = (language: Language) =>
  queryOptions({
    queryKey: [...consoleKey, 'ticket-causes', language],
    queryFn: ({ signal }) =>
      call('GET /api/operator/ticket-causes', { query: { language } }, signal),
  })

export const operatorTicketQuery = (ticketId: string, language: Language) =>
  queryOptions({
    queryKey: [...consoleKey, 'ticket', ticketId, language],
    queryFn: ({ signal }) =>
      call(
        'GET /api/operator/tickets/:ticketId',
        { params: { ticketId }, query: { language } },
        signal,
      ),
  })

export const remotesQuery = () =>
  queryOptions({
    queryKey: [...consoleKey, 'remotes'],
    queryFn: ({ signal }) => call('GET /api/operator/remotes', {}, signal),
    refetchInterval: 30_000,
  })

export const queuesQuery = () =>
  queryOptions({
    queryKey: [...consoleKey, 'queues'],
    queryFn: ({ signal }) => call('GET /api/operator/queues', {}, signal),
    refetchInterval: 10_000,
  })

export const mailsQuery = (state: string) =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'mails', state],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/operator/mails',
        { query: { ...(state !== 'all' && { state }), limit: pageSize, after: pageParam } },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  })

export const logQuery = () =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'log'],
    queryFn: ({ signal, pageParam }) =>
      call('GET /api/operator/log', { query: { limit: pageSize, after: pageParam } }, signal),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  })
