import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  type InfiniteData,
  type UseInfiniteQueryResult,
} from '@tanstack/react-query'
import type { Language } from '../i18n/language.ts'
import { call, type Answer } from './client.ts'
import { Failure } from './failure.ts'

export type Me = Answer<'GET /api/me'>
export type Integration = Me['integrations'][number]
export type Connection = Integration['webshop']
export type BookingPage = Answer<'GET /api/integrations/:integrationId/bookings'>
export type Booking = BookingPage['items'][number]
export type Cause = Answer<'GET /api/integrations/:integrationId/causes'>[number]
export type BookingWithHistory = Answer<'GET /api/integrations/:integrationId/bookings/:bookingId'>
export type Figures = Answer<'GET /api/integrations/:integrationId/bookings/:bookingId/figures'>
export type VatQuestion =
  Answer<'GET /api/integrations/:integrationId/bookings/:bookingId/vat-question'>
export type Tab = 'report' | 'errors' | 'open'

/** What a list is narrowed down to; absent parts do not narrow. Days are YYYY-MM-DD, both included. */
export interface Narrowing {
  search?: string | undefined
  code?: string | undefined
  from?: string | undefined
  until?: string | undefined
}

/** Everything under this key changes when the server says that something of the integration changed. */
export const liveKey = (integrationId: string) => ['live', integrationId] as const

export const meQuery = (language: Language) =>
  queryOptions({
    queryKey: ['me', language],
    queryFn: ({ signal }) => call('GET /api/me', { query: { language } }, signal),
    staleTime: 60_000,
  })

export const countsQuery = (integrationId: string) =>
  queryOptions({
    queryKey: [...liveKey(integrationId), 'counts'],
    queryFn: ({ signal }) =>
      call('GET /api/integrations/:integrationId/counts', { params: { integrationId } }, signal),
  })

export const daysQuery = (integrationId: string, days: number) =>
  queryOptions({
    queryKey: [...liveKey(integrationId), 'days', days],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/days',
        { params: { integrationId }, query: { days } },
        signal,
      ),
  })

export const speedQuery = (integrationId: string, days: number) =>
  queryOptions({
    queryKey: [...liveKey(integrationId), 'speed', days],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/speed',
        { params: { integrationId }, query: { days } },
        signal,
      ),
  })

const pageSize = 100

export type BookingsResult = UseInfiniteQueryResult<InfiniteData<BookingPage>>

export const bookingsQuery = (
  integrationId: string,
  language: Language,
  tab: Tab,
  narrowing: Narrowing = {},
) =>
  infiniteQueryOptions({
    queryKey: [...liveKey(integrationId), 'bookings', language, tab, narrowing],
    queryFn: ({ signal, pageParam }) =>
      call(
        'GET /api/integrations/:integrationId/bookings',
        {
          params: { integrationId },
          query: { language, tab, limit: pageSize, after: pageParam, ...narrowing },
        },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: BookingPage) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  })

export const causesQuery = (
  integrationId: string,
  language: Language,
  period: Pick<Narrowing, 'from' | 'until'>,
) =>
  queryOptions({
    queryKey: [...liveKey(integrationId), 'causes', language, period],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/causes',
        { params: { integrationId }, query: { language, ...period } },
        signal,
      ),
    placeholderData: keepPreviousData,
  })

export const bookingQuery = (integrationId: string, bookingId: string, language: Language) =>
  queryOptions({
    queryKey: [...liveKey(integrationId), 'booking', bookingId, language],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/bookings/:bookingId',
        { params: { integrationId, bookingId }, query: { language } },
        signal,
      ),
  })

/** Read from the merchant's shop at that moment, so never by itself again: only when somebody asks. */
export const figuresQuery = (integrationId: string, bookingId: string, language: Language) =>
  queryOptions({
    queryKey: ['figures', integrationId, bookingId, language],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/bookings/:bookingId/figures',
        { params: { integrationId, bookingId }, query: { language } },
        signal,
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
  })

/** Read from the shop each time somebody is about to decide. */
export const vatQuestionQuery = (integrationId: string, bookingId: string) =>
  queryOptions({
    queryKey: ['vat-question', integrationId, bookingId],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/bookings/:bookingId/vat-question',
        { params: { integrationId, bookingId } },
        signal,
      ),
    staleTime: 0,
    gcTime: 0,
    retry: false,
    refetchOnWindowFocus: false,
  })

export type Systems = Answer<'GET /api/systems'>
export type System = Systems['webshops'][number]
export type Account = Answer<'GET /api/account'>
export type People = Answer<'GET /api/merchants/:merchantId/people'>
export type Role = Integration['role']

/** Who is signed in, or null: for pages that anybody may see. */
export const maybeMeQuery = (language: Language) =>
  queryOptions({
    queryKey: ['maybe-me', language],
    queryFn: ({ signal }) =>
      call('GET /api/me', { query: { language } }, signal).catch((error: unknown) => {
        if (error instanceof Failure && error.status === 401) return null
        throw error
      }),
    // Somebody may have signed in a moment ago.
    staleTime: 0,
    gcTime: 0,
  })

export const systemsQuery = queryOptions({
  queryKey: ['systems'],
  queryFn: ({ signal }) => call('GET /api/systems', {}, signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const termsQuery = (language: Language) =>
  queryOptions({
    queryKey: ['terms', language],
    queryFn: ({ signal }) => call('GET /api/terms', { query: { language } }, signal),
    staleTime: 600_000,
  })

export const acceptedTermsQuery = (integrationId: string) =>
  queryOptions({
    queryKey: ['accepted-terms', integrationId],
    queryFn: ({ signal }) =>
      call('GET /api/integrations/:integrationId/terms', { params: { integrationId } }, signal),
  })

export const accountQuery = queryOptions({
  queryKey: ['account'],
  queryFn: ({ signal }) => call('GET /api/account', {}, signal),
})

export const peopleQuery = (merchantId: string) =>
  queryOptions({
    queryKey: ['people', merchantId],
    queryFn: ({ signal }) =>
      call('GET /api/merchants/:merchantId/people', { params: { merchantId } }, signal),
  })

export const notificationsQuery = (integrationId: string) =>
  queryOptions({
    queryKey: ['notifications', integrationId],
    queryFn: ({ signal }) =>
      call(
        'GET /api/integrations/:integrationId/notifications',
        { params: { integrationId } },
        signal,
      ),
  })
