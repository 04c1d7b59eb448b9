import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Suspense, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { FrameLoading } from '../shell/frame-loading.tsx'
import { Logo } from '../shell/logo.tsx'
import band from './operator-frame.module.css'
import { useOperatorWords } from './operator-words.ts'
import styles from './welcome-page.module.css'

const route = getRouteApi('/operator/welcome')
const lengthMin = 10

/** Where the link of `doorvoer operator add` leads: a new operator sets a password, once. */
export const WelcomePage = () => (
  <Suspense fallback={<FrameLoading />}>
    <Welcome />
  </Suspense>
)

const Welcome = () => {
  useOperatorWords()
  const { t } = useTranslation('operator')
  const { token = '' } = route.useSearch()
  const navigate = useNavigate()
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  useDocumentTitle(`${t('welcome.title')} · ${t('brand')}`)

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const typed = new FormData(event.currentTarget).get('password')
    const newPassword = typeof typed === 'string' ? typed : ''
    if (newPassword.length < lengthMin) {
      setTrouble(t('welcome.short', { count: lengthMin }))
      return
    }
    setBusy(true)
    const answer = await fetch('/api/auth/reset-password', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, newPassword }),
    }).catch(() => null)
    setBusy(false)
    if (answer?.ok) await navigate({ to: '/sign-in', search: { back: '/operator' } })
    else setTrouble(t(answer === null ? 'welcome.noConnection' : 'welcome.used'))
  }

  return (
    <>
      <header className={band['band']}>
        <div className={band['inner']}>
          <span className={band['home']}>
            <Logo />
            <span className={band['console']}>{t('console')}</span>
          </span>
        </div>
      </header>
      <main id="content" className={styles['main']}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack>
            <Title order={1}>{t('welcome.title')}</Title>
            <Text>{t('welcome.text')}</Text>
            <PasswordInput
              name="password"
              size="md"
              label={t('welcome.password')}
              description={t('welcome.means', { count: lengthMin })}
              autoComplete="new-password"
              error={trouble !== '' && trouble}
            />
            <Button type="submit" size="md" loading={busy}>
              {t('welcome.set')}
            </Button>
          </Stack>
        </form>
      </main>
    </>
  )
}
