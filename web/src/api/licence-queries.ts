import { queryOptions } from '@tanstack/react-query'
import { call, type Answer } from './client.ts'
import { liveKey } from './queries.ts'

export type Licence = Answer<'GET /api/integrations/:integrationId/licence'>
export type PublicOffer = Answer<'GET /api/offers/:token'>
export type Price = PublicOffer['price']

export const licenceKey = (integrationId: string) => [...liveKey(integrationId), 'licence'] as const

export const licenceQuery = (integrationId: string) =>
  queryOptions({
    queryKey: licenceKey(integrationId),
    queryFn: ({ signal }) =>
      call('GET /api/integrations/:integrationId/licence', { params: { integrationId } }, signal),
  })

/** While a payment is under way the bank may take a moment to say how it ended. */
const lookAgainMs = 3_000

export const offerQuery = (token: string) =>
  queryOptions({
    queryKey: ['offer', token],
    queryFn: ({ signal }) => call('GET /api/offers/:token', { params: { token } }, signal),
    refetchInterval: ({ state }) =>
      state.data?.state === 'open' && state.data.underWay ? lookAgainMs : false,
  })
