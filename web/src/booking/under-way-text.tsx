import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import styles from './under-way-text.module.css'
import type { Deed } from './under-way.ts'

interface Props {
  deed: Deed
}

/** Stands where the buttons were until the truth comes in. */
export const UnderWayText = ({ deed }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <span className={styles['text']} role="status">
      <Loader size={14} aria-hidden />
      {t(`underWay.${deed}`)}
    </span>
  )
}
