import { Button, Loader, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { Failure } from '../api/failure.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { Logo } from '../shell/logo.tsx'
import styles from './connected-page.module.css'
import { rememberedPlace, tellCameBack } from './own-window.ts'

const route = getRouteApi('/connected/$integrationId')

/** How long a window may take to close before it says that it can be closed. */
const closingMs = 800

/** Where the browser comes back to from a remote: tells the page that waits, and goes away. */
export const ConnectedPage = () => {
  const { t } = useTranslation('connecting')
  const { integrationId } = route.useParams()
  const { side, system, window: shown, failed } = route.useSearch()
  const language = useLanguage()
  const own = shown === 'own'
  const [open, setOpen] = useState(false)
  const { data: problem } = useQuery({
    queryKey: ['problem', failed, language],
    queryFn: ({ signal }) =>
      call(
        'GET /api/problems/:code',
        { params: { code: failed ?? '' }, query: { language, system } },
        signal,
      ),
    enabled: failed !== undefined && !own,
  })

  useEffect(() => {
    if (side !== undefined) tellCameBack({ integrationId, side, failed: failed ?? null })
    if (own) {
      window.close()
      const timer = setTimeout(() => setOpen(true), closingMs)
      return () => clearTimeout(timer)
    }
    if (failed === undefined) window.location.replace(rememberedPlace(integrationId))
    return undefined
  }, [integrationId, side, failed, own])

  const goOn = () => {
    window.location.assign(integrationId === 'unknown' ? '/' : rememberedPlace(integrationId))
  }
  return (
    <main className={styles['page']}>
      <Stack gap="md" className={styles['card'] ?? ''}>
        <span className={styles['band']}>
          <Logo />
        </span>
        <Title order={1} size="h2">
          {t(failed === undefined ? 'back.done' : 'back.failed')}
        </Title>
        {own ? (
          <Text>{open ? t('back.closeIt') : t('back.closing')}</Text>
        ) : failed === undefined ? (
          <Loader size="sm" aria-label={t('back.closing')} />
        ) : (
          <>
            {problem && <FailureNotice error={new Failure(problem, 200)} />}
            <Button w="fit-content" onClick={goOn}>
              {t('back.goOn')}
            </Button>
          </>
        )}
      </Stack>
    </main>
  )
}
