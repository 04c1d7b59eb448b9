import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from '../booking/state-mark.module.css'

interface Props {
  tone: 'gray' | 'petrol' | 'green' | 'amber' | 'red'
  icon: Icon
  children: ReactNode
}

/** A state in a word, with a sign and a colour that say the same. */
export const Mark = ({ tone, icon: Sign, children }: Props) => (
  <span className={styles['mark']} data-tone={tone}>
    <Sign size={14} stroke={2.4} aria-hidden />
    {children}
  </span>
)
