import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Shown } from '../api/configuration.ts'
import { bookingQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { useIntegration } from '../shell/integration.ts'

/**
 * Reads a preview again when its sale moves on: after the go-ahead it is booked a moment later, and what is on the
 * screen was read before or in the middle of it. The shop is asked once for each move, never because time passes.
 */
export const useReadAgain = (
  { bookingId, outcome }: Pick<Shown, 'bookingId' | 'outcome'>,
  again: () => void,
): void => {
  const { id } = useIntegration()
  const query = bookingQuery(id, bookingId ?? '', useLanguage())
  const { data } = useQuery({ ...query, enabled: bookingId !== null })
  const state = data?.booking.state
  const known = useRef(state)
  useEffect(() => {
    const before = known.current
    known.current = state
    if (state === undefined || state === before) return
    if (before !== undefined || (state === 'booked') !== (outcome === 'booked')) again()
  }, [state, outcome, again])
}
