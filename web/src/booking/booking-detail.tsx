import { Skeleton, Stack } from '@mantine/core'
import type { BookingWithHistory } from '../api/queries.ts'
import { useTranslation } from 'react-i18next'
import { BookingActions } from './booking-actions.tsx'
import { BookingEvidence } from './booking-evidence.tsx'
import { BookingFacts } from './booking-facts.tsx'
import { BookingHistory } from './booking-history.tsx'
import { BookingReason } from './booking-reason.tsx'
import { BookingStanding } from './booking-standing.tsx'
import { LiveFigures } from './live-figures.tsx'

/** One sale from top to bottom: how it stands, why, what can be done, its figures, how it came to this. */
export const BookingDetail = ({ booking, history, evidence }: BookingWithHistory) => (
  <Stack gap="xl">
    <Stack gap="md">
      <BookingStanding booking={booking} />
      {booking.problem && <BookingReason problem={booking.problem} state={booking.state} />}
      <BookingActions booking={booking} />
    </Stack>
    <BookingFacts booking={booking} />
    {evidence && <BookingEvidence evidence={evidence} />}
    <LiveFigures key={booking.id} bookingId={booking.id} />
    <BookingHistory history={history} />
  </Stack>
)

export const BookingDetailLoading = () => {
  const { t } = useTranslation('parts')
  return (
    <Stack gap="md" role="status" aria-label={t('loading')}>
      <Skeleton h={24} w="40%" />
      <Skeleton h={120} />
      <Skeleton h={180} />
      <Skeleton h={240} />
    </Stack>
  )
}
