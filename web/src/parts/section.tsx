import { Title } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import panel from './panel.module.css'
import styles from './section.module.css'

interface Props {
  title: string
  intro?: string
  /** Stands at the right of the title. */
  aside?: ReactNode
  children: ReactNode
}

/** One subject of a long form: at the left what it is about, at the right what is filled in. */
export const Section = ({ title, intro, aside, children }: Props) => {
  const id = useId()
  return (
    <section className={`${panel['panel'] ?? ''} ${styles['section'] ?? ''}`} aria-labelledby={id}>
      <div className={styles['about']}>
        <Title order={2} id={id}>
          {title}
        </Title>
        {intro !== undefined && <p className={styles['intro']}>{intro}</p>}
        {aside}
      </div>
      <div className={styles['content']}>{children}</div>
    </section>
  )
}
