import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { Moment, Relative } from '../parts/moment.tsx'
import { useIntegration } from '../shell/integration.ts'
import styles from './facts.module.css'

interface Props {
  booking: Booking
}

/** What Doorvoer itself keeps of a sale; nothing about the buyer. */
export const BookingFacts = ({ booking }: Props) => {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const system = useIntegration().accounting.title
  const { total, currency } = booking
  const facts: [string, ReactNode][] = [
    [t('facts.total'), total && currency ? format.money(total, currency) : null],
    [t('facts.date'), booking.date && format.day(booking.date)],
    [t('facts.remoteNumber', { system }), booking.remoteNumber],
    [t('facts.remoteId', { system }), booking.remoteId],
    [t('facts.reference'), booking.reference],
    [t('facts.seen'), <Moment key="seen" at={booking.seenAt} />],
    [t('facts.booked'), booking.bookedAt && <Moment at={booking.bookedAt} />],
    [t('facts.next'), booking.nextAttemptAt && <Relative at={booking.nextAttemptAt} />],
    [t('facts.attempts'), booking.attempts > 1 ? format.count(booking.attempts) : null],
  ]
  return (
    <section>
      <Title order={2} mb="xs">
        {t('facts.title')}
      </Title>
      <dl className={styles['facts']}>
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
    </section>
  )
}
