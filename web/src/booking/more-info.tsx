import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { OfSale } from './of-sale.tsx'

interface Props {
  booking: Booking
}

/** Opens everything that is known about a sale, beside the list. */
export const MoreInfo = ({ booking }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <Button
      size="xs"
      variant="subtle"
      color="gray"
      renderRoot={(props) => (
        <Link
          {...props}
          to="."
          search={(search) => ({ ...search, booking: booking.id })}
          preload={false}
          resetScroll={false}
        />
      )}
    >
      {t('moreInfo')}
      <OfSale number={booking.number} />
    </Button>
  )
}
