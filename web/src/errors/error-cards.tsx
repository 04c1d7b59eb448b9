import { Checkbox } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BookingLink } from '../booking/booking-link.tsx'
import styles from '../parts/card-list.module.css'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import own from './error-cards.module.css'
import { isVaried, type ErrorListProps } from './error-list.ts'
import { RowActions } from './row-actions.tsx'

/** The refused sales of one cause on a phone. */
export const ErrorCards = (props: ErrorListProps) => {
  const { bookings, mayChange, deedOf, isSelected, onSelect, onProcess, onIgnore } = props
  const { t } = useTranslation('errors')
  const varied = isVaried(bookings)
  return (
    <ul className={styles['cards']} aria-label={t('caption')}>
      {bookings.map((booking) => {
        const deed = deedOf(booking)
        return (
          <li key={booking.id} className={`${styles['card'] ?? ''} ${own['card'] ?? ''}`}>
            {mayChange ? (
              <Checkbox
                className={own['tick'] ?? ''}
                aria-label={t('select', { number: booking.number })}
                checked={deed === null && isSelected(booking)}
                disabled={deed !== null}
                onChange={(event) => onSelect(booking, event.currentTarget.checked)}
              />
            ) : (
              <span />
            )}
            <BookingLink booking={booking} />
            <span className={styles['amount']}>
              <Money amount={booking.total} currency={booking.currency} />
            </span>
            <span className={`${styles['small'] ?? ''} ${own['rest'] ?? ''}`}>
              <Day day={booking.date} />
              {varied && ` · ${booking.problem?.text ?? ''}`}
            </span>
            <div className={own['rest']}>
              <RowActions {...{ booking, deed, onProcess, onIgnore }} />
            </div>
          </li>
        )
      })}
    </ul>
  )
}
