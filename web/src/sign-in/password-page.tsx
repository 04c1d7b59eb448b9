import { Anchor, Button, PasswordInput, Stack } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { signIn } from '../api/session.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { secretOfPage } from '../parts/fragment.ts'
import { Door } from './door.tsx'
import styles from './sign-in.module.css'

/** As the server takes them (src/server/api/front.ts). */
const shortest = 10

/** Where a link from a mail leads: choose a password, and straight in. */
export const PasswordPage = () => {
  const { t } = useTranslation('signIn')
  const navigate = useNavigate()
  const ask = useAsk()
  const [token] = useState(secretOfPage)
  const [password, setPassword] = useState('')
  const [tooShort, setTooShort] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    setTooShort(password.length < shortest)
    if (password.length < shortest || busy) return
    setBusy(true)
    const said = await ask(() => call('POST /api/password', { body: { token, password } }))
    if (said.is === 'failed') {
      setFailure(said.error)
      setBusy(false)
      return
    }
    const { email } = said.answer
    const signedIn = await signIn(email, password)
    // Whoever has a second factor shows it at the door itself.
    if (signedIn.is === 'in') await navigate({ to: '/', replace: true })
    else await navigate({ to: '/sign-in', search: { email }, replace: true })
  }

  return (
    <Door title={t('passwordTitle')} intro={t('passwordIntro')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="md">
          {failure !== null && <FailureNotice error={failure} />}
          <PasswordInput
            size="md"
            label={t('newPassword')}
            description={t('passwordHint')}
            autoComplete="new-password"
            autoFocus
            value={password}
            error={tooShort && t('passwordShort')}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="md" loading={busy}>
            {t('passwordSubmit')}
          </Button>
        </Stack>
      </form>
      <div className={styles['more']}>
        <Anchor renderRoot={(props) => <Link to="/forgotten" {...props} />}>
          {t('anotherLink')}
        </Anchor>
      </div>
    </Door>
  )
}
