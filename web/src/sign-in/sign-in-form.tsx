import { Anchor, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core'
import { IconFingerprint } from '@tabler/icons-react'
import { Link, useRouter } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../api/failure.ts'
import { knowsPasskeys, signIn, signInWithPasskey, type SignedIn } from '../api/session.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { doorWords } from './door-words.ts'
import { SecondFactorForm } from './second-factor-form.tsx'
import styles from './sign-in.module.css'

interface Props {
  /** The page to return to; a path of our own. */
  back: string
  /** Filled in beforehand, after a password was set. */
  email: string
}

export const SignInForm = ({ back, email: known }: Props) => {
  const { t } = useTranslation('signIn')
  const router = useRouter()
  const [missing, setMissing] = useState({ email: false, password: false })
  const [busy, setBusy] = useState<'password' | 'passkey' | null>(null)
  const [failure, setFailure] = useState<Failure | null>(null)
  const [asksMore, setAsksMore] = useState(false)

  const goOn = (signedIn: SignedIn) => {
    setFailure(signedIn.is === 'failed' ? doorWords(signedIn.failure, t) : null)
    if (signedIn.is === 'in') router.history.replace(back)
    else setBusy(null)
    setAsksMore(signedIn.is === 'second-factor')
  }
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const typed = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value : ''
    }
    const email = typed('email').trim()
    const password = typed('password')
    setMissing({ email: email === '', password: password === '' })
    if (email === '' || password === '') return
    setBusy('password')
    goOn(await signIn(email, password))
  }
  const passkey = async () => {
    setBusy('passkey')
    const signedIn = await signInWithPasskey()
    // Who closes the browser's own window knows that they did.
    if (signedIn.is === 'failed' && /CANCEL|ABORT/.test(signedIn.code)) {
      setBusy(null)
      return
    }
    goOn(signedIn)
  }

  if (asksMore) return <SecondFactorForm onIn={() => router.history.replace(back)} />
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        {failure && <FailureNotice error={failure} />}
        <TextInput
          name="email"
          type="email"
          size="md"
          label={t('email')}
          autoComplete="username webauthn"
          defaultValue={known}
          error={missing.email && t('emailMissing')}
        />
        <PasswordInput
          name="password"
          size="md"
          label={t('password')}
          autoComplete="current-password"
          autoFocus={known !== ''}
          visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          error={missing.password && t('passwordMissing')}
        />
        <Button
          type="submit"
          size="md"
          loading={busy === 'password'}
          disabled={busy === 'passkey'}
          loaderProps={{ 'aria-label': t('busy') }}
        >
          {t('submit')}
        </Button>
        {knowsPasskeys() && (
          <>
            <Divider label={t('or')} />
            <Button
              variant="default"
              size="md"
              leftSection={<IconFingerprint size={20} aria-hidden />}
              loading={busy === 'passkey'}
              disabled={busy === 'password'}
              onClick={() => void passkey()}
            >
              {t('passkey')}
            </Button>
          </>
        )}
        <div className={styles['more']}>
          <Anchor renderRoot={(props) => <Link to="/forgotten" {...props} />}>
            {t('forgotten')}
          </Anchor>
          <Anchor renderRoot={(props) => <Link to="/integrations" {...props} />}>
            {t('noAccount')}
          </Anchor>
        </div>
      </Stack>
    </form>
  )
}
