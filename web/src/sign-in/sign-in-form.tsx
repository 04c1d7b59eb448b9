import { Button, PasswordInput, Stack, TextInput } from '@mantine/core'
import { useRouter } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api/failure.ts'
import { signIn } from '../api/session.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'

interface Props {
  /** The page to return to; a path of our own. */
  back: string
}

export const SignInForm = ({ back }: Props) => {
  const { t } = useTranslation('signIn')
  const router = useRouter()
  const [missing, setMissing] = useState({ email: false, password: false })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<Failure | null>(null)

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
    setBusy(true)
    const failed = await signIn(email, password)
    setFailure(failed)
    if (failed === null) router.history.replace(back)
    else setBusy(false)
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        {failure && <FailureNotice error={inWords(failure, t)} />}
        <TextInput
          name="email"
          type="email"
          size="md"
          label={t('email')}
          autoComplete="username"
          error={missing.email && t('emailMissing')}
        />
        <PasswordInput
          name="password"
          size="md"
          label={t('password')}
          autoComplete="current-password"
          error={missing.password && t('passwordMissing')}
        />
        <Button type="submit" size="md" loading={busy} loaderProps={{ 'aria-label': t('busy') }}>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  )
}

type SayDoor = (key: 'wrong' | 'wrongRemedy' | 'tooMany' | 'tooManyRemedy') => string

/** The door answers in its own words for the two refusals that people meet. */
const inWords = (failure: Failure, say: SayDoor): Failure => {
  const explained = (text: string, remedy: string) =>
    new Failure({ code: '', text, cause: '', remedy }, failure.status)
  if ([400, 401, 403].includes(failure.status)) return explained(say('wrong'), say('wrongRemedy'))
  if (failure.status === 429) return explained(say('tooMany'), say('tooManyRemedy'))
  return failure
}
