import { useFormat } from '../i18n/format.ts'
import styles from './cause-shares.module.css'

interface Props {
  /** In the order of the list below, which says the same in words. */
  counts: readonly number[]
}

/** How much of what was not booked is of each cause: which one is worth mending first is seen at a glance. */
export const CauseShares = ({ counts }: Props) => {
  const format = useFormat()
  return (
    <div className={styles['shares']} aria-hidden>
      {counts.map((count, index) => (
        <span key={index} style={{ flexGrow: count }}>
          {format.count(count)}
        </span>
      ))}
    </div>
  )
}
