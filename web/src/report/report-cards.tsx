import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { BookingLink } from '../booking/booking-link.tsx'
import styles from '../parts/card-list.module.css'
import { Day } from '../parts/day.tsx'
import { Moment } from '../parts/moment.tsx'
import { Money } from '../parts/money.tsx'
import panel from '../parts/panel.module.css'

interface Props {
  bookings: readonly Booking[]
}

/** The booked sales on a phone. */
export const ReportCards = ({ bookings }: Props) => {
  const { t } = useTranslation('report')
  return (
    <ul className={`${panel['panel'] ?? ''} ${styles['cards'] ?? ''}`} aria-label={t('caption')}>
      {bookings.map((booking) => (
        <li key={booking.id} className={styles['card']}>
          <BookingLink booking={booking} stretched />
          <span className={styles['amount']}>
            <Money amount={booking.total} currency={booking.currency} />
          </span>
          <span className={styles['small']}>
            <Day day={booking.date} />
          </span>
          <span className={`${styles['small'] ?? ''} ${styles['right'] ?? ''}`}>
            {booking.remoteNumber ?? booking.remoteId ?? '–'}
          </span>
          <span className={`${styles['small'] ?? ''} ${styles['wide'] ?? ''}`}>
            {t('booked')} {booking.bookedAt === null ? '–' : <Moment at={booking.bookedAt} />}
          </span>
          {booking.problem && (
            <span className={styles['note']}>
              {t('warning')}: {booking.problem.text}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
