import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Outlet, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { meQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import styles from './frame.module.css'
import { FrameLoading } from './frame-loading.tsx'
import { TopBar } from './top-bar.tsx'

/** Around every page of somebody who is signed in. The route has made sure that `me` is there. */
export const Frame = () => {
  const { t } = useTranslation('shell')
  const { integrationId } = useParams({ strict: false })
  const [picking, setPicking] = useState(false)
  const { data: me } = useQuery({
    ...meQuery(useLanguage()),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  if (me === undefined) return <FrameLoading />
  return (
    <>
      <a href="#content" className={styles['skip']}>
        {t('skip')}
      </a>
      <TopBar
        me={me}
        current={me.integrations.find(({ id }) => id === integrationId)}
        onPicking={setPicking}
      />
      {/* While the list of integrations lies over the page, nothing under it can be hit or reached. */}
      <div inert={picking}>
        <Outlet />
      </div>
    </>
  )
}
