import { useTranslation } from 'react-i18next'
import { useLiveState } from '../live.ts'
import styles from './live-mark.module.css'

/** Says whether what is on the screen follows what happens. Announced only when it stops or comes back. */
export const LiveMark = () => {
  const { t } = useTranslation('shell')
  const state = useLiveState()
  return (
    <span className={styles['mark']} data-state={state} role="status">
      <span className={styles['pulse']} aria-hidden />
      <span className="visually-hidden">{t('live.label')}: </span>
      {t(`live.${state}`)}
    </span>
  )
}
