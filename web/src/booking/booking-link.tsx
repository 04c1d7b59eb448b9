import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import styles from './booking-link.module.css'

interface Props {
  booking: Booking
  /** The whole row or card around the link opens it too. */
  stretched?: boolean
}

/** The number of a sale; opens everything that is known about it, at an address that can be passed on. */
export const BookingLink = ({ booking, stretched = false }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <span className={styles['name']}>
      <Link
        to="."
        search={(search) => ({ ...search, booking: booking.id })}
        className={styles['link']}
        data-stretched={stretched}
        preload={false}
        resetScroll={false}
      >
        {booking.number}
      </Link>
      {booking.kind !== 'order' && (
        <span className={styles['kind']}>{t(`kind.${booking.kind}`)}</span>
      )}
    </span>
  )
}
