import { useTranslation } from 'react-i18next'
import { ListLoading } from '../parts/list-loading.tsx'
import styles from './frame.module.css'

/** The shape of a page before anything is known. */
export const FrameLoading = () => {
  const { t } = useTranslation('shell')
  return (
    <div role="status" aria-label={t('loading')}>
      <div className={styles['band']} />
      <div className={styles['strip']} />
      <main className={styles['main']}>
        <ListLoading />
      </main>
    </div>
  )
}
