import { queryOptions } from '@tanstack/react-query'
import type { Language } from '../i18n/language.ts'
import { call, type Answer, type Request } from './client.ts'

export type Configuration = Answer<'GET /api/integrations/:integrationId/configuration'>
export type Side = 'webshop' | 'accounting'
export type End = Configuration['webshop']
export type Settings = Configuration['settings']
export type VatRow = Settings['vatTable'][number]
export type Destination = NonNullable<Configuration['vatTable']>[number]
export type FormField = End['system']['settings'][number]
export type Values = End['settings']
export type Value = Values[string]
export type Choices = End['choices']
export type Finding =
  Answer<'PUT /api/integrations/:integrationId/connections/:side/credentials'>['findings'][number]
export type Guide = Answer<'GET /api/systems/:id/guide'>
export type Explained = NonNullable<End['problem']>
export type Preview = Answer<'POST /api/integrations/:integrationId/preview'>
export type Shown = Extract<Preview, { is: 'shown' }>
export type PreviewWish = Request<'POST /api/integrations/:integrationId/preview'>['body']

const configurationKey = (integrationId: string) => ['configuration', integrationId] as const

export const configurationQuery = (integrationId: string, language: Language) =>
  queryOptions({
    queryKey: [...configurationKey(integrationId), language],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/configuration',
        { params: { integrationId }, query: { language } },
        signal,
      ),
  })

export const guideQuery = (id: string, language: Language) =>
  queryOptions({
    queryKey: ['guide', id, language],
    queryFn: ({ signal }) =>
      call('GET /api/systems/:id/guide', { params: { id }, query: { language } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Read from the merchant's shop, so only when somebody looks. */
export const latestSalesQuery = (integrationId: string) =>
  queryOptions({
    queryKey: ['latest-sales', integrationId],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/latest-sales',
        { params: { integrationId }, query: { limit: 12 } },
        signal,
      ),
    staleTime: 60_000,
    retry: false,
  })

/** The sale as it would be booked now, with settings that are not saved where there are any. */
export const previewQuery = (integrationId: string, language: Language, wish: PreviewWish) =>
  queryOptions({
    queryKey: ['preview', integrationId, language, wish],
    queryFn: ({ signal }) =>
      call(
        'POST /api/integrations/:integrationId/preview',
        { params: { integrationId }, query: { language }, body: wish },
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    refetchOnWindowFocus: false,
  })
