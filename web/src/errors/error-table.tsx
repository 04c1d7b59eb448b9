import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BookingLink } from '../booking/booking-link.tsx'
import styles from '../parts/booking-table.module.css'
import { Day } from '../parts/day.tsx'
import { Moment } from '../parts/moment.tsx'
import { Money } from '../parts/money.tsx'
import { isVaried, type ErrorListProps } from './error-list.ts'
import { RowActions } from './row-actions.tsx'

/** The refused sales of one cause. */
export const ErrorTable = (props: ErrorListProps) => {
  const { bookings, mayChange, deedOf, isSelected, onSelect, onProcess, onIgnore } = props
  const { t } = useTranslation('errors')
  const varied = isVaried(bookings)
  return (
    <div className={styles['scroller']}>
      <table className={styles['table']}>
        <caption className="visually-hidden">{t('caption')}</caption>
        <thead>
          <tr>
            {mayChange && <td />}
            <th scope="col">{t('number')}</th>
            {varied && <th scope="col">{t('what')}</th>}
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('changed')}</th>
            <th scope="col" className={styles['number']}>
              {t('total')}
            </th>
            <th scope="col">{t('actions')}</th>
          </tr>
        </thead>
        <tbody>
          {bookings.map((booking) => {
            const deed = deedOf(booking)
            return (
              <tr key={booking.id}>
                {mayChange && (
                  <td className={styles['tick']}>
                    <Checkbox
                      aria-label={t('select', { number: booking.number })}
                      checked={deed === null && isSelected(booking)}
                      disabled={deed !== null}
                      onChange={(event) => onSelect(booking, event.currentTarget.checked)}
                    />
                  </td>
                )}
                <th scope="row">
                  <BookingLink booking={booking} />
                </th>
                {varied && (
                  <td>
                    <span className={styles['note']}>{booking.problem?.text}</span>
                  </td>
                )}
                <td className={styles['nowrap']}>
                  <Day day={booking.date} />
                </td>
                <td className={styles['nowrap']}>
                  <Moment at={booking.changedAt} />
                </td>
                <td className={styles['number']}>
                  <Money amount={booking.total} currency={booking.currency} />
                </td>
                <td className={styles['controls']}>
                  <RowActions {...{ booking, deed, onProcess, onIgnore }} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
