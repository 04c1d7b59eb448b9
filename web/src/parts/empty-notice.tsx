import { Title } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import styles from './empty-notice.module.css'
import panel from './panel.module.css'

interface Props {
  icon: Icon
  title: string
  text: string
  /** 1 where nothing else heads the page. */
  order?: 1 | 2
  children?: ReactNode
}

/** Nothing to show: why that is so, and what will appear here. */
export const EmptyNotice = ({ icon: Picture, title, text, order = 2, children }: Props) => (
  <div className={`${panel['panel'] ?? ''} ${styles['notice'] ?? ''}`}>
    <span className={styles['icon']} aria-hidden>
      <Picture size={28} stroke={1.6} />
    </span>
    <Title order={order} size="h2">
      {title}
    </Title>
    <p className={styles['text']}>{text}</p>
    {children && <div className={styles['action']}>{children}</div>}
  </div>
)
