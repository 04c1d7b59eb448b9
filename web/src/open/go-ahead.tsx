import { Button, Group, Text, Title } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { BookingLink } from '../booking/booking-link.tsx'
import { useDeeds } from '../booking/deeds.ts'
import { OfSale } from '../booking/of-sale.tsx'
import { UnderWayText } from '../booking/under-way-text.tsx'
import { useUnderWay } from '../booking/under-way.ts'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import panel from '../parts/panel.module.css'
import { useIntegration } from '../shell/integration.ts'
import styles from './for-you.module.css'

interface Props {
  bookings: readonly Booking[]
}

/** First sales that are ready and wait until the merchant has looked at them. */
export const GoAhead = ({ bookings }: Props) => {
  const { t } = useTranslation('open')
  const { id, accounting, mayChange } = useIntegration()
  const deeds = useDeeds(id)
  const underWay = useUnderWay()
  const [busy, setBusy] = useState(false)
  const free = bookings.filter((booking) => underWay(booking) === null)
  const passAll = async () => {
    if (busy) return
    setBusy(true)
    await deeds.goAhead(free.map((booking) => booking.id))
    setBusy(false)
  }
  return (
    <section aria-labelledby="go-ahead">
      <Group justify="space-between" align="flex-end" mb="sm">
        <div>
          <Title order={2} id="go-ahead">
            {t('goAhead.title')}
          </Title>
          <Text c="dimmed" maw="75ch">
            {t('goAhead.intro', { system: accounting.title })}
          </Text>
        </div>
        {mayChange && free.length > 1 && (
          <Button size="sm" variant="default" loading={busy} onClick={() => void passAll()}>
            {t('goAhead.all', { count: free.length })}
          </Button>
        )}
      </Group>
      <ul className={`${panel['panel'] ?? ''} ${styles['cards'] ?? ''}`}>
        {bookings.map((booking) => {
          const deed = underWay(booking)
          return (
            <li key={booking.id} className={styles['card']}>
              <div className={styles['sale']}>
                <BookingLink booking={booking} />
                <span className={styles['amount']}>
                  <Money amount={booking.total} currency={booking.currency} />
                </span>
                <span className={styles['small']}>
                  <Day day={booking.date} />
                </span>
              </div>
              <Group gap="xs">
                <Button
                  size="sm"
                  variant="default"
                  leftSection={<IconEye size={16} aria-hidden />}
                  renderRoot={(props) => (
                    <Link
                      {...props}
                      to="/i/$integrationId/preview"
                      params={{ integrationId: id }}
                      search={{ number: booking.number }}
                      preload={false}
                    />
                  )}
                >
                  {t('goAhead.look')}
                  <OfSale number={booking.number} />
                </Button>
                {deed !== null ? (
                  <UnderWayText deed={deed} />
                ) : (
                  mayChange && (
                    <Button size="sm" onClick={() => void deeds.goAhead([booking.id])}>
                      {t('goAhead.pass')}
                      <OfSale number={booking.number} />
                    </Button>
                  )
                )}
              </Group>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
