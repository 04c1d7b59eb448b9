import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { useIntegration } from '../shell/integration.ts'
import { AgainDialog } from './again-dialog.tsx'
import { OfSale } from './of-sale.tsx'
import { ThereDialog } from './there-dialog.tsx'
import { UnderWayText } from './under-way-text.tsx'
import { useUnderWay } from './under-way.ts'

interface Props {
  booking: Booking
}

/**
 * The two answers to "is the invoice there?", for a booking that Doorvoer cannot find out about.
 * They look alike on purpose: nobody should be led to either.
 */
export const DecideButtons = ({ booking }: Props) => {
  const { t } = useTranslation('booking')
  const [asking, setAsking] = useState<'there' | 'again' | null>(null)
  const deed = useUnderWay()(booking)
  const { mayChange } = useIntegration()
  const close = () => setAsking(null)
  const { number } = booking
  if (!mayChange) return null
  return (
    <>
      {deed === null ? (
        <Group gap="xs">
          <Button size="sm" variant="default" onClick={() => setAsking('there')}>
            {t('deciding.there')}
            <OfSale number={number} />
          </Button>
          <Button size="sm" variant="default" onClick={() => setAsking('again')}>
            {t('deciding.again')}
            <OfSale number={number} />
          </Button>
        </Group>
      ) : (
        <UnderWayText deed={deed} />
      )}
      <ThereDialog opened={asking === 'there'} booking={booking} onClose={close} />
      <AgainDialog opened={asking === 'again'} booking={booking} onClose={close} />
    </>
  )
}
