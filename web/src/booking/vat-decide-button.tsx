import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { OfSale } from './of-sale.tsx'
import { VatDialog } from './vat-dialog.tsx'

interface Props {
  booking: Booking
}

/** Opens the choice between vouching for a VAT number and booking with VAT. */
export const VatDecideButton = ({ booking }: Props) => {
  const { t } = useTranslation('booking')
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button size="sm" onClick={() => setAsking(true)}>
        {t('vatDeciding.open')}
        <OfSale number={booking.number} />
      </Button>
      <VatDialog opened={asking} booking={booking} onClose={() => setAsking(false)} />
    </>
  )
}
