import { IconPlugConnected } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import styles from './frame.module.css'

/** For somebody who is signed in but has nothing connected yet. */
export const NoIntegration = () => {
  const { t } = useTranslation('shell')
  const { data: me } = useQuery(meQuery(useLanguage()))
  return (
    <main id="content" className={styles['main']} tabIndex={-1}>
      <EmptyNotice
        order={1}
        icon={IconPlugConnected}
        title={t('none.title')}
        text={t('none.text', { email: me?.user.email ?? '' })}
      />
    </main>
  )
}
