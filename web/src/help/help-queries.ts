import { queryOptions } from '@tanstack/react-query'
import { call, type Answer } from '../api/client.ts'
import type { Language } from '../i18n/language.ts'

export type HelpList = Answer<'GET /api/help'>
export type Topic = HelpList['topics'][number]
export type TopicPage = Answer<'GET /api/help/:topic'>

/** The help changes only with a new version of Doorvoer. */
const staleTime = Number.POSITIVE_INFINITY

export const helpQuery = (language: Language) =>
  queryOptions({
    queryKey: ['help', language],
    queryFn: ({ signal }) => call('GET /api/help', { query: { language } }, signal),
    staleTime,
  })

export const topicQuery = (topic: string, language: Language) =>
  queryOptions({
    queryKey: ['help', language, topic],
    queryFn: ({ signal }) =>
      call('GET /api/help/:topic', { params: { topic }, query: { language } }, signal),
    staleTime,
  })
