import { Button, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { MoreInfo } from '../booking/more-info.tsx'
import { OfSale } from '../booking/of-sale.tsx'
import { UnderWayText } from '../booking/under-way-text.tsx'
import { useIntegration } from '../shell/integration.ts'
import type { Deed } from '../booking/under-way.ts'

interface Props {
  booking: Booking
  deed: Deed | null
  onProcess: (booking: Booking) => void
  onIgnore: (booking: Booking) => void
}

/** The three things to do with one refused sale; one sentence while something is under way. */
export const RowActions = ({ booking, deed, onProcess, onIgnore }: Props) => {
  const { t } = useTranslation('booking')
  const { number } = booking
  const { mayChange } = useIntegration()
  if (!mayChange) return <MoreInfo booking={booking} />
  if (deed !== null) return <UnderWayText deed={deed} />
  return (
    <Group gap={4} wrap="nowrap">
      <Button size="xs" variant="light" onClick={() => onProcess(booking)}>
        {t('process')}
        <OfSale number={number} />
      </Button>
      <MoreInfo booking={booking} />
      <Button size="xs" variant="subtle" color="gray" onClick={() => onIgnore(booking)}>
        {t('ignore')}
        <OfSale number={number} />
      </Button>
    </Group>
  )
}
