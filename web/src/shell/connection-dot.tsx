import { IconAlertCircleFilled, IconCircleCheckFilled, IconCircleDashed } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../api/queries.ts'
import styles from './connection-dot.module.css'

const signs = {
  green: IconCircleCheckFilled,
  red: IconAlertCircleFilled,
  new: IconCircleDashed,
}

interface Props {
  connection: Connection
  /** Whether the word beside the dot is shown; it is always read aloud. */
  withWord?: boolean
}

/** One end of an integration and how it stands: a colour, a shape and a word that say the same. */
export const ConnectionDot = ({ connection, withWord = false }: Props) => {
  const { t } = useTranslation('shell')
  const Sign = signs[connection.dot]
  return (
    <span className={styles['connection']}>
      <Sign size={16} className={styles['dot']} data-dot={connection.dot} aria-hidden />
      <span className={styles['title']}>{connection.title}</span>
      <span className={withWord ? styles['word'] : 'visually-hidden'}>
        {t(`dot.${connection.dot}`)}
      </span>
    </span>
  )
}
