import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { call, type Answer, type Request } from '../api/client.ts'
import { liveKey, type Booking } from '../api/queries.ts'
import { useAsk } from '../api/ask.ts'
import { tell, tellFailure } from './tell.ts'
import {
  isCauseMarked,
  isMarked,
  markBookings,
  markCause,
  markPassing,
  type Asked,
} from './under-way.ts'

type Accepted = Answer<'POST /api/integrations/:integrationId/process'>
type VatDecision =
  Request<'POST /api/integrations/:integrationId/bookings/:bookingId/vat-decision'>['body']
type Decision = Request<'POST /api/integrations/:integrationId/bookings/:bookingId/decide'>['body']

/** What a person can do to bookings, each safe against a second click while the first is on its way. */
export interface Deeds {
  process: (bookings: readonly Asked[]) => void
  processCause: (code: string) => void
  ignore: (bookings: readonly Asked[]) => void
  /** Lets first sales pass that wait for it. */
  goAhead: (bookingIds: readonly string[]) => Promise<void>
  /** The same for one that was looked at, as it was seen. */
  passSeen: (bookingId: string, seal: string) => Promise<void>
  /** Resolves to the failure if there is one: it belongs in the dialog that asked. */
  decide: (booking: Booking, decision: Decision) => Promise<unknown>
  decideVat: (booking: Booking, decision: VatDecision) => Promise<unknown>
}

/** The server takes no more in one request. */
const bookingsMax = 1000

export const useDeeds = (integrationId: string): Deeds => {
  const { t } = useTranslation('booking')
  const queries = useQueryClient()
  const ask = useAsk()
  const params = { integrationId }
  const refresh = () => queries.invalidateQueries({ queryKey: liveKey(integrationId) })

  const many = async (
    unmark: () => void,
    deed: 'process' | 'ignore' | 'goAhead',
    act: () => Promise<Accepted>,
  ) => {
    const said = await ask(act)
    if (said.is === 'failed') {
      unmark()
      tellFailure(said.error)
    } else {
      const { accepted, skipped } = said.answer
      const message = [
        ...(accepted > 0 ? [t(`done.${deed}`, { count: accepted })] : []),
        ...(skipped > 0 ? [t('done.skipped', { count: skipped })] : []),
      ].join(' ')
      tell(message)
    }
    await refresh()
  }

  const some = (bookings: readonly Asked[], deed: 'process' | 'ignore') => {
    const asked = bookings.filter(({ id }) => !isMarked(id)).slice(0, bookingsMax)
    if (asked.length === 0) return
    const body = { bookingIds: asked.map(({ id }) => id) }
    void many(markBookings(asked, deed), deed, () =>
      call(`POST /api/integrations/:integrationId/${deed}`, { params, body }),
    )
  }

  /** One decision about one booking. @returns the failure if there is one */
  const one = async (booking: Booking, act: () => Promise<unknown>, done: string) => {
    if (isMarked(booking.id)) return undefined
    const unmark = markBookings([booking], 'decide')
    const said = await ask(act)
    void refresh()
    if (said.is === 'failed') {
      unmark()
      return said.error
    }
    tell(done)
    return undefined
  }

  return {
    process: (bookings) => some(bookings, 'process'),
    ignore: (bookings) => some(bookings, 'ignore'),
    processCause: (code) => {
      if (isCauseMarked(code)) return
      void many(markCause(code), 'process', () =>
        call('POST /api/integrations/:integrationId/process', { params, body: { code } }),
      )
    },
    goAhead: async (wanted) => {
      const bookingIds = wanted.filter((id) => !isMarked(id)).slice(0, bookingsMax)
      if (bookingIds.length === 0) return
      await many(markPassing(bookingIds), 'goAhead', () =>
        call('POST /api/integrations/:integrationId/go-ahead', { params, body: { bookingIds } }),
      )
    },
    passSeen: (bookingId, seal) =>
      many(markPassing([bookingId]), 'goAhead', () =>
        call('POST /api/integrations/:integrationId/go-ahead', {
          params,
          body: { bookingId, seal },
        }),
      ),
    decide: (booking, decision) =>
      one(
        booking,
        () =>
          call('POST /api/integrations/:integrationId/bookings/:bookingId/decide', {
            params: { integrationId, bookingId: booking.id },
            body: decision,
          }),
        t(decision.decision === 'it-is-there' ? 'done.there' : 'done.again', {
          number: booking.number,
        }),
      ),
    decideVat: (booking, decision) =>
      one(
        booking,
        () =>
          call('POST /api/integrations/:integrationId/bookings/:bookingId/vat-decision', {
            params: { integrationId, bookingId: booking.id },
            body: decision,
          }),
        t('done.vat', { number: booking.number }),
      ),
  }
}
