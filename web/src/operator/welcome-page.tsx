import { Button, PasswordInput, Stack, Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { Suspense, useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { asFailure } from '../api/failure.ts'
import { secretOfPage } from '../parts/fragment.ts'
import { FrameLoading } from '../shell/frame-loading.tsx'
import { Logo } from '../shell/logo.tsx'
import band from './operator-frame.module.css'
import { useOperatorWords } from './operator-words.ts'
import styles from './welcome-page.module.css'

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
  const navigate = useNavigate()
  const ask = useAsk()
  const [token] = useState(secretOfPage)
  const [trouble, setTrouble] = useState('')
  const [busy, setBusy] = useState(false)
  useDocumentTitle(`${t('welcome.title')} · ${t('brand')}`)

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    const typed = new FormData(event.currentTarget).get('password')
    const password = typeof typed === 'string' ? typed : ''
    if (password.length < lengthMin) {
      setTrouble(t('welcome.short', { count: lengthMin }))
      return
    }
    setBusy(true)
    const said = await ask(() => call('POST /api/password', { body: { token, password } }))
    setBusy(false)
    if (said.is === 'failed') {
      const { code, text, remedy } = asFailure(said.error)
      setTrouble(code === 'LINK_USED_UP' ? t('welcome.used') : `${text} ${remedy}`)
      return
    }
    const { email } = said.answer
    await navigate({ to: '/sign-in', search: { back: '/operator', email } })
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
