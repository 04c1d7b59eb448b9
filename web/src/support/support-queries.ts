import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call, type Answer } from '../api/client.ts'
import { liveKey } from '../api/queries.ts'
import type { Language } from '../i18n/language.ts'

export type TicketPage = Answer<'GET /api/integrations/:integrationId/tickets'>
export type Ticket = TicketPage['items'][number]
export type Thread = Answer<'GET /api/integrations/:integrationId/tickets/:ticketId'>
export type Message = Thread['messages'][number]

const pageSize = 50

export const ticketsQuery = (integrationId: string, language: Language) =>
  infiniteQueryOptions({
    queryKey: [...liveKey(integrationId), 'tickets', language],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/integrations/:integrationId/tickets',
        { params: { integrationId }, query: { language, limit: pageSize, after: pageParam } },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: TicketPage) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const ticketQuery = (integrationId: string, ticketId: string, language: Language) =>
  queryOptions({
    queryKey: [...liveKey(integrationId), 'ticket', ticketId, language],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/tickets/:ticketId',
        { params: { integrationId, ticketId }, query: { language } },
        signal,
      ),
  })
