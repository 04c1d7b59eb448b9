import { Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { useIntegration } from '../shell/integration.ts'
import { LiveMark } from './live-mark.tsx'
import styles from './page-head.module.css'

interface Props {
  title: string
  intro: string
  /** The name of the integration, so that two browser tabs can be told apart. */
  of: string
}

/** The head of a room: what it is, in one sentence what it shows, and whether it is up to date. */
export const PageHead = ({ title, intro, of }: Props) => {
  const { t } = useTranslation('parts')
  const { mayChange } = useIntegration()
  useDocumentTitle(`${title} · ${of} · Doorvoer`)
  return (
    <header>
      <div className={styles['head']}>
        <Title order={1}>{title}</Title>
        <span className={styles['marks']}>
          {!mayChange && <span>{t('readOnly')}</span>}
          <LiveMark />
        </span>
      </div>
      <p className={styles['intro']}>{intro}</p>
    </header>
  )
}
