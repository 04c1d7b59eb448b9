import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { call, type Answer } from '../api/client.ts'
import type { Language } from '../i18n/language.ts'
import { consoleKey } from './operator-queries.ts'
import type { licenceShows, offerStates } from './operator-search.ts'

export type LicenceLine = Answer<'GET /api/operator/licences'>['items'][number]
export type OfferLine = Answer<'GET /api/operator/offers'>['items'][number]
export type TroubledPayment = Answer<'GET /api/operator/payments'>[number]
export type Tariff = Answer<'GET /api/operator/tariffs'>[number]
export type Service = Tariff['service']
export type TermsVersion = Answer<'GET /api/operator/terms'>['versions'][number]
export type MigrationLine = Answer<'GET /api/operator/migrations'>['items'][number]

const pageSize = 50
const firstPage = undefined as string | undefined
const nextOf = (page: { next: string | null }) => page.next ?? undefined

export const licencesQuery = (show: (typeof licenceShows)[number], search: string) =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'licences', show, search],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/operator/licences',
        { query: { show, search, limit: pageSize, after: pageParam } },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  })

export const offersQuery = (state: (typeof offerStates)[number]) =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'offers', state],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/operator/offers',
        { query: { state, limit: pageSize, after: pageParam } },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
  })

export const troubledQuery = (language: Language) =>
  queryOptions({
    queryKey: [...consoleKey, 'payments', language],
    queryFn: ({ signal }) => call('GET /api/operator/payments', { query: { language } }, signal),
  })

export const tariffsQuery = () =>
  queryOptions({
    queryKey: [...consoleKey, 'tariffs'],
    queryFn: ({ signal }) => call('GET /api/operator/tariffs', {}, signal),
  })

export const termsQuery = () =>
  queryOptions({
    queryKey: [...consoleKey, 'terms'],
    queryFn: ({ signal }) => call('GET /api/operator/terms', {}, signal),
  })

/** Migrations count a whole period each: fewer of them at a time. */
const migrationsAtOnce = 20

export const migrationsQuery = (show: 'standing' | 'all', language: Language) =>
  infiniteQueryOptions({
    queryKey: [...consoleKey, 'migrations', show, language],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/operator/migrations',
        { query: { show, language, limit: migrationsAtOnce, after: pageParam } },
        signal,
      ),
    initialPageParam: firstPage,
    getNextPageParam: nextOf,
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  })
