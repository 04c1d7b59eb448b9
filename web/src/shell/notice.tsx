import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './notice.module.css'

interface Props {
  icon: Icon
  tone: 'amber' | 'red' | 'gray'
  title: string
  text: string
  children?: ReactNode
}

/** A message about the whole integration, across the page under the tabs. */
export const Notice = ({ icon: Sign, tone, title, text, children }: Props) => (
  <div className={styles['notice']} data-tone={tone} role="status">
    <div className={styles['inner']}>
      <Sign size={20} className={styles['icon']} aria-hidden />
      <div>
        <p className={styles['title']}>{title}</p>
        <p className={styles['text']}>
          {text} {children}
        </p>
      </div>
    </div>
  </div>
)
