import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { BookingLink } from '../booking/booking-link.tsx'
import styles from '../parts/booking-table.module.css'
import { Day } from '../parts/day.tsx'
import { Moment } from '../parts/moment.tsx'
import { Money } from '../parts/money.tsx'
import panel from '../parts/panel.module.css'
import { useIntegration } from '../shell/integration.ts'
import own from './report-table.module.css'

interface Props {
  bookings: readonly Booking[]
}

/** The booked sales. Only the number opens a sale, so that the rest can be selected and copied. */
export const ReportTable = ({ bookings }: Props) => {
  const { t } = useTranslation('report')
  const system = useIntegration().accounting.title
  return (
    <div className={`${panel['panel'] ?? ''} ${styles['scroller'] ?? ''}`}>
      <table className={`${styles['table'] ?? ''} ${own['table'] ?? ''}`}>
        <caption className="visually-hidden">{t('caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('number')}</th>
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('remote', { system })}</th>
            <th scope="col">{t('booked')}</th>
            <th scope="col" className={styles['number']}>
              {t('total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bookings.map((booking) => (
            <tr key={booking.id}>
              <th scope="row">
                <BookingLink booking={booking} />
                {booking.problem && (
                  <span className={styles['note']} data-tone="amber">
                    {t('warning')}: {booking.problem.text}
                  </span>
                )}
              </th>
              <td className={styles['nowrap']}>
                <Day day={booking.date} />
              </td>
              <td>{booking.remoteNumber ?? booking.remoteId ?? '–'}</td>
              <td className={styles['nowrap']}>
                {booking.bookedAt === null ? '–' : <Moment at={booking.bookedAt} />}
              </td>
              <td className={styles['number']}>
                <Money amount={booking.total} currency={booking.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
