import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { useIntegration } from '../shell/integration.ts'
import { ReportProblem } from '../support/report-problem.tsx'
import { DecideButtons } from './decide-buttons.tsx'
import { useDeeds } from './deeds.ts'
import { waitsForGoAhead } from './waits-for-person.ts'
import { IgnoreDialog } from './ignore-dialog.tsx'
import { UnderWayText } from './under-way-text.tsx'
import { useUnderWay } from './under-way.ts'
import { VatDecideButton } from './vat-decide-button.tsx'
import { waitsForVies } from './waits-for-person.ts'

interface Props {
  booking: Booking
}

/** What can be done about a sale in the state it is in; nothing when it is booked or on its way. */
export const BookingActions = ({ booking }: Props) => {
  const { t } = useTranslation('booking')
  const { id, mayChange } = useIntegration()
  const deeds = useDeeds(id)
  const deed = useUnderWay()(booking)
  const [ignoring, setIgnoring] = useState(false)
  if (!mayChange) return null

  switch (booking.state) {
    case 'parked':
      return (
        <Group gap="xs">
          <DecideButtons booking={booking} />
          <ReportProblem booking={booking} />
        </Group>
      )
    case 'refused':
    case 'open':
    case 'uncertain':
    case 'closed':
      return deed !== null ? (
        <UnderWayText deed={deed} />
      ) : (
        <Group gap="xs">
          {waitsForVies(booking) && <VatDecideButton booking={booking} />}
          {waitsForGoAhead(booking) ? (
            <Button size="sm" onClick={() => void deeds.goAhead([booking.id])}>
              {t('goAhead')}
            </Button>
          ) : (
            <Button
              size="sm"
              variant={waitsForVies(booking) ? 'default' : 'filled'}
              onClick={() => deeds.process([booking])}
            >
              {['open', 'uncertain'].includes(booking.state) ? t('checkNow') : t('process')}
            </Button>
          )}
          {['refused', 'open'].includes(booking.state) && (
            <Button size="sm" variant="default" onClick={() => setIgnoring(true)}>
              {t('ignore')}
            </Button>
          )}
          {booking.state !== 'closed' && <ReportProblem booking={booking} />}
          <IgnoreDialog
            count={ignoring ? 1 : 0}
            onConfirm={() => deeds.ignore([booking])}
            onClose={() => setIgnoring(false)}
          />
        </Group>
      )
    case 'seen':
    case 'reserved':
    case 'booked':
      return null
  }
}
