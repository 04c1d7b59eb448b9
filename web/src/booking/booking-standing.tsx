import { Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { useIntegration } from '../shell/integration.ts'
import { StateMark } from './state-mark.tsx'

interface Props {
  booking: Booking
}

/** How a sale stands, in a word and in a sentence. */
export const BookingStanding = ({ booking }: Props) => {
  const { t } = useTranslation('booking')
  const { accounting } = useIntegration()
  const warning = booking.state === 'booked' && booking.problem !== null
  return (
    <Group gap="sm" wrap="wrap">
      <StateMark state={booking.state} warning={warning} />
      <Text>{t(`stateMeans.${booking.state}`, { system: accounting.title })}</Text>
    </Group>
  )
}
