import type { ReactNode } from 'react'
import styles from './booking-table.module.css'
import panel from './panel.module.css'

interface Props {
  /** What the table is, for who can't see what is around it. */
  caption: string
  /** In a panel of its own. */
  framed?: boolean
  children: ReactNode
}

/** A table that may be wider than the screen: then it scrolls by itself, also by keyboard. */
export const WideTable = ({ caption, framed = false, children }: Props) => (
  <div
    className={`${framed ? (panel['panel'] ?? '') : ''} ${styles['scroller'] ?? ''}`}
    tabIndex={0}
    role="group"
    aria-label={caption}
  >
    <table className={styles['table']}>
      <caption className="visually-hidden">{caption}</caption>
      {children}
    </table>
  </div>
)
