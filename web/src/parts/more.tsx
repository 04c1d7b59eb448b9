import type { ReactNode } from 'react'
import styles from './more.module.css'

interface Props {
  label: string
  /** Opens by itself, for what has to be seen. */
  opened?: boolean
  children: ReactNode
}

/** Something that folds away: the browser's own, which the keyboard and search in the page know. */
export const More = ({ label, opened = false, children }: Props) => (
  <details className={styles['more']} open={opened || undefined}>
    <summary className={styles['label']}>{label}</summary>
    <div className={styles['body']}>{children}</div>
  </details>
)
