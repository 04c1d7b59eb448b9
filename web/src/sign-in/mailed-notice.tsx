import { IconMailCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './mailed-notice.module.css'

interface Props {
  title: string
  text: string
  children?: ReactNode
}

/** A mail is on its way: look there. */
export const MailedNotice = ({ title, text, children }: Props) => (
  <div className={styles['notice']} role="status">
    <IconMailCheck size={26} className={styles['icon']} aria-hidden />
    <div>
      <p className={styles['title']}>{title}</p>
      <p className={styles['text']}>{text}</p>
      {children}
    </div>
  </div>
)
