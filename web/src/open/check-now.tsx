import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { OfSale } from '../booking/of-sale.tsx'
import { UnderWayText } from '../booking/under-way-text.tsx'
import type { OpenListProps } from './open-list.ts'

interface Props extends Pick<OpenListProps, 'deedOf' | 'mayBeChecked' | 'onCheck'> {
  booking: Booking
}

/** Asks Doorvoer to look again now instead of later. */
export const CheckNow = ({ booking, deedOf, mayBeChecked, onCheck }: Props) => {
  const { t } = useTranslation('open')
  const deed = deedOf(booking)
  if (deed !== null) return <UnderWayText deed={deed} />
  if (!mayBeChecked(booking)) return null
  return (
    <Button size="xs" variant="light" onClick={() => onCheck(booking)}>
      {t('check')}
      <OfSale number={booking.number} />
    </Button>
  )
}
