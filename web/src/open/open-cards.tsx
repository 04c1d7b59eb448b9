import { useTranslation } from 'react-i18next'
import { BookingLink } from '../booking/booking-link.tsx'
import { StateMark } from '../booking/state-mark.tsx'
import styles from '../parts/card-list.module.css'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import panel from '../parts/panel.module.css'
import { CheckNow } from './check-now.tsx'
import { NextAttempt } from './next-attempt.tsx'
import type { OpenListProps } from './open-list.ts'

/** The sales that go on by themselves, on a phone. */
export const OpenCards = ({ bookings, ...list }: OpenListProps) => {
  const { t } = useTranslation('open')
  return (
    <ul className={`${panel['panel'] ?? ''} ${styles['cards'] ?? ''}`} aria-label={t('caption')}>
      {bookings.map((booking) => (
        <li key={booking.id} className={styles['card']}>
          <BookingLink booking={booking} />
          <span className={styles['amount']}>
            <Money amount={booking.total} currency={booking.currency} />
          </span>
          <span className={styles['wide']}>
            {(booking.problem === null || booking.state === 'uncertain') && (
              <StateMark state={booking.state} />
            )}{' '}
            {booking.problem?.text}
          </span>
          {booking.problem && (
            <span className={`${styles['small'] ?? ''} ${styles['wide'] ?? ''}`}>
              {booking.problem.remedy}
            </span>
          )}
          <span className={`${styles['small'] ?? ''} ${styles['wide'] ?? ''}`}>
            <Day day={booking.date} /> · {t('next')}: <NextAttempt at={booking.nextAttemptAt} />
          </span>
          <div className={`${styles['wide'] ?? ''} ${styles['action'] ?? ''}`}>
            <CheckNow booking={booking} {...list} />
          </div>
        </li>
      ))}
    </ul>
  )
}
