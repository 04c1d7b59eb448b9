import { Link } from '@tanstack/react-router'
import styles from '../booking/booking-link.module.css'
import own from './sale-link.module.css'

interface Props {
  number: string
  bookingId: string | null
}

/** The number of a sale; opens its booking where there is one. */
export const SaleLink = ({ number, bookingId }: Props) =>
  bookingId === null ? (
    <strong className={own['number']}>{number}</strong>
  ) : (
    <Link
      to="."
      search={(search) => ({ ...search, booking: bookingId })}
      className={styles['link']}
      preload={false}
      resetScroll={false}
    >
      {number}
    </Link>
  )
