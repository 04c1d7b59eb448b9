import { Anchor, Button, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { isAddress } from '../parts/address.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { Door } from './door.tsx'
import { MailedNotice } from './mailed-notice.tsx'
import styles from './sign-in.module.css'

/** Asks where to send the link to a new password. Says the same whether the address is known or not. */
export const ForgottenPage = () => {
  const { t } = useTranslation('signIn')
  const ask = useAsk()
  const [email, setEmail] = useState('')
  const [wrong, setWrong] = useState(false)
  const [busy, setBusy] = useState(false)
  const [mailed, setMailed] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    setWrong(!isAddress(email))
    if (!isAddress(email) || busy) return
    setBusy(true)
    const said = await ask(() => call('POST /api/password-link', { body: { email: email.trim() } }))
    setBusy(false)
    setMailed(said.is === 'answered')
    setFailure(said.is === 'failed' ? said.error : null)
  }
  return (
    <Door title={t('forgottenTitle')} intro={mailed ? undefined : t('forgottenIntro')}>
      {mailed ? (
        <MailedNotice title={t('mailedTitle')} text={t('mailedText', { email: email.trim() })} />
      ) : (
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="md">
            {failure !== null && <FailureNotice error={failure} />}
            <TextInput
              type="email"
              size="md"
              label={t('email')}
              autoComplete="username"
              value={email}
              error={wrong && t('emailWrong')}
              onChange={(event) => setEmail(event.currentTarget.value)}
            />
            <Button type="submit" size="md" loading={busy}>
              {t('forgottenSubmit')}
            </Button>
          </Stack>
        </form>
      )}
      <div className={styles['more']}>
        <Anchor renderRoot={(props) => <Link to="/sign-in" {...props} />}>{t('toSignIn')}</Anchor>
      </div>
    </Door>
  )
}
