import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveMark } from '../parts/live-mark.tsx'
import styles from '../parts/page-head.module.css'

interface Props {
  title: string
  intro?: ReactNode
}

/** The head of a room of the console. */
export const ConsoleHead = ({ title, intro }: Props) => {
  const { t } = useTranslation('operator')
  useDocumentTitle(`${title} · ${t('brand')}`)
  return (
    <header>
      <div className={styles['head']}>
        <Title order={1}>{title}</Title>
        <span className={styles['marks']}>
          <LiveMark />
        </span>
      </div>
      {intro !== undefined && <p className={styles['intro']}>{intro}</p>}
    </header>
  )
}
