import { queryOptions } from '@tanstack/react-query'
import { call } from '../api/client.ts'

/** Which terms were accepted for an integration, and which apply now. */
export const acceptedTermsQuery = (integrationId: string) =>
  queryOptions({
    queryKey: ['accepted-terms', integrationId],
    queryFn: ({ signal }) =>
      call('GET /api/integrations/:integrationId/terms', { params: { integrationId } }, signal),
  })
