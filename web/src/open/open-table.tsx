import { useTranslation } from 'react-i18next'
import { BookingLink } from '../booking/booking-link.tsx'
import { StateMark } from '../booking/state-mark.tsx'
import styles from '../parts/booking-table.module.css'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import panel from '../parts/panel.module.css'
import { CheckNow } from './check-now.tsx'
import { NextAttempt } from './next-attempt.tsx'
import type { OpenListProps } from './open-list.ts'

/** The sales that go on by themselves. */
export const OpenTable = ({ bookings, ...list }: OpenListProps) => {
  const { t } = useTranslation('open')
  return (
    <div className={`${panel['panel'] ?? ''} ${styles['scroller'] ?? ''}`}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('why')}</th>
            <th scope="col">{t('next')}</th>
            <th scope="col">{t('date')}</th>
            <th scope="col" className={styles['number']}>
              {t('total')}
            </th>
            <th scope="col">{t('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {bookings.map((booking) => (
            <tr key={booking.id}>
              <th scope="row">
                <BookingLink booking={booking} />
              </th>
              <td>
                {(booking.problem === null || booking.state === 'uncertain') && (
                  <StateMark state={booking.state} />
                )}{' '}
                {booking.problem?.text}
                {booking.problem && (
                  <span className={styles['note']}>{booking.problem.remedy}</span>
                )}
              </td>
              <td className={styles['nowrap']}>
                <NextAttempt at={booking.nextAttemptAt} />
              </td>
              <td className={styles['nowrap']}>
                <Day day={booking.date} />
              </td>
              <td className={styles['number']}>
                <Money amount={booking.total} currency={booking.currency} />
              </td>
              <td className={styles['controls']}>
                <CheckNow booking={booking} {...list} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
