import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { BookingLink } from '../booking/booking-link.tsx'
import { BookingActions } from '../booking/booking-actions.tsx'
import { StateMark } from '../booking/state-mark.tsx'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import panel from '../parts/panel.module.css'
import styles from './for-you.module.css'
import { NextAttempt } from './next-attempt.tsx'

interface Props {
  bookings: readonly Booking[]
}

/** Sales that only a person can help on: is the invoice there, and how is its VAT. */
export const ForYou = ({ bookings }: Props) => {
  const { t } = useTranslation('open')
  return (
    <section aria-labelledby="for-you">
      <Title order={2} id="for-you">
        {t('you')}
      </Title>
      <Text c="dimmed" mb="sm">
        {t('youIntro')}
      </Text>
      <ul className={`${panel['panel'] ?? ''} ${styles['cards'] ?? ''}`}>
        {bookings.map((booking) => (
          <li key={booking.id} className={styles['card']}>
            <div className={styles['sale']}>
              <BookingLink booking={booking} />
              <span className={styles['amount']}>
                <Money amount={booking.total} currency={booking.currency} />
              </span>
              <span className={styles['small']}>
                <Day day={booking.date} />
                {booking.reference !== null && ` · ${booking.reference}`}
              </span>
            </div>
            <div>
              <div className={styles['state']}>
                {/* Open to Doorvoer, which goes on asking VIES; here because a person is asked too. */}
                <StateMark state="parked" />
                {booking.nextAttemptAt !== null && (
                  <span className={styles['small']}>
                    {t('next')}: <NextAttempt at={booking.nextAttemptAt} />
                  </span>
                )}
              </div>
              {booking.problem && (
                <>
                  <p className={styles['text']}>{booking.problem.text}</p>
                  <p className={styles['small']}>
                    {booking.problem.cause} {booking.problem.remedy}
                  </p>
                </>
              )}
              <div className={styles['buttons']}>
                <BookingActions booking={booking} />
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
