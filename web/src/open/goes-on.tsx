import { Button, Group, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { useDeeds } from '../booking/deeds.ts'
import { useUnderWay } from '../booking/under-way.ts'
import { narrowScreen } from '../parts/screen.ts'
import { useIntegration } from '../shell/integration.ts'
import { OpenCards } from './open-cards.tsx'
import { OpenTable } from './open-table.tsx'

interface Props {
  bookings: readonly Booking[]
}

/** Sales that Doorvoer comes back to by itself; who cannot wait has them checked now. */
export const GoesOn = ({ bookings }: Props) => {
  const { t } = useTranslation('open')
  const { id, mayChange } = useIntegration()
  const deeds = useDeeds(id)
  const mayBeChecked = (booking: Booking) => mayChange && worthChecking(booking)
  const underWay = useUnderWay()
  const narrow = useMediaQuery(narrowScreen, false, { getInitialValueInEffect: false })
  const free = bookings.filter((booking) => underWay(booking) === null && mayBeChecked(booking))
  const List = narrow ? OpenCards : OpenTable
  return (
    <section aria-labelledby="goes-on">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="goes-on">
          {t('itself')}
        </Title>
        {free.length > 1 && (
          <Button size="sm" variant="default" onClick={() => deeds.process(free)}>
            {t('checkAll')}
          </Button>
        )}
      </Group>
      <List
        bookings={bookings}
        deedOf={underWay}
        mayBeChecked={mayBeChecked}
        onCheck={(booking) => deeds.process([booking])}
      />
    </section>
  )
}

/** What is being read or booked at this moment needs no push. */
const worthChecking = ({ state }: Booking): boolean => state === 'open' || state === 'uncertain'
