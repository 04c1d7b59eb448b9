import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { Language } from '../i18n/language.ts'
import { call, type Answer } from './client.ts'
import { liveKey } from './queries.ts'

const base = 'GET /api/integrations/:integrationId/surveys'

export type Survey = Answer<typeof base>[number]
export type Purpose = Survey['purpose']
export type Standing = keyof Survey['standings']
export type SurveySummary = Answer<`${typeof base}/:surveyId`>
export type SurveySale = Answer<`${typeof base}/:surveyId/sales`>[number]
export type Reconciliation = Answer<`${typeof base}/:surveyId/reconciliation`>
export type ReconciledRow = Reconciliation['rows'][number]
export type Difference = Reconciliation['differences'][number]
export type Double = Reconciliation['doubles'][number]
export type OssSheet = Answer<'GET /api/integrations/:integrationId/oss'>

const surveysKey = (integrationId: string) => [...liveKey(integrationId), 'surveys'] as const

export const surveysQuery = (integrationId: string, language: Language, purpose: Purpose) =>
  queryOptions({
    queryKey: [...surveysKey(integrationId), purpose, language],
    queryFn: ({ signal }) =>
      call(base, { params: { integrationId }, query: { language, purpose } }, signal),
  })

export const surveyQuery = (integrationId: string, language: Language, surveyId: string) =>
  queryOptions({
    queryKey: [...surveysKey(integrationId), 'one', surveyId, language],
    queryFn: ({ signal }) =>
      call(
        `${base}/:surveyId`,
        { params: { integrationId, surveyId }, query: { language } },
        signal,
      ),
    placeholderData: keepPreviousData,
  })

export const surveySalesQuery = (
  integrationId: string,
  language: Language,
  surveyId: string,
  standing: Standing,
  limit: number,
) =>
  queryOptions({
    queryKey: [...surveysKey(integrationId), 'sales', surveyId, standing, limit, language],
    queryFn: ({ signal }) =>
      call(
        `${base}/:surveyId/sales`,
        { params: { integrationId, surveyId }, query: { language, standing, limit } },
        signal,
      ),
    placeholderData: keepPreviousData,
  })

export type Grouping = Reconciliation['by']

/** Beside what is live: comparing years is no work for every sale that is booked. */
export const reconciliationKey = (integrationId: string) =>
  ['reconciliation', integrationId] as const

/** A whole period compared: asked once, and again when somebody wants to. */
export const reconciliationQuery = (integrationId: string, surveyId: string, by: Grouping) =>
  queryOptions({
    queryKey: [...reconciliationKey(integrationId), surveyId, by],
    queryFn: ({ signal }) =>
      call(
        `${base}/:surveyId/reconciliation`,
        { params: { integrationId, surveyId }, query: { by } },
        signal,
      ),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })

export const ossQuery = (integrationId: string, quarter: string) =>
  queryOptions({
    queryKey: ['oss', integrationId, quarter],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/oss',
        { params: { integrationId }, query: { quarter } },
        signal,
      ),
    placeholderData: keepPreviousData,
  })
