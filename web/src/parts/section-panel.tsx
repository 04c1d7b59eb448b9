import type { ReactNode } from 'react'
import { useId } from 'react'
import panel from './panel.module.css'
import styles from './section-panel.module.css'

interface Props {
  title: string
  intro?: string
  /** What can be done with the whole of it. */
  action?: ReactNode
  children?: ReactNode
}

/** A part of a page with settings: what it is, what it means, and its controls. */
export const SectionPanel = ({ title, intro, action, children }: Props) => {
  const id = useId()
  return (
    <section className={`${panel['panel'] ?? ''} ${styles['section'] ?? ''}`} aria-labelledby={id}>
      <div className={styles['head']}>
        <div>
          <h2 id={id}>{title}</h2>
          {intro && <p>{intro}</p>}
        </div>
        {action}
      </div>
      {children && <div className={styles['body']}>{children}</div>}
    </section>
  )
}
