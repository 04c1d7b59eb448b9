import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { showSecondFactor } from '../api/session.ts'

interface Props {
  onIn: () => void
}

/** After the password: the code of the app, or a backup code in the same field. */
export const SecondFactorForm = ({ onIn }: Props) => {
  const { t } = useTranslation('signIn')
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (code.trim() === '') {
      setWrong(t('codeMissing'))
      return
    }
    setBusy(true)
    const answer = await showSecondFactor(code)
    if (answer.is === 'in') {
      onIn()
      return
    }
    setBusy(false)
    if (answer.is === 'second-factor') return
    const { status, text } = answer.failure
    setWrong(
      status === 429 || /TOO_MANY|LOCKED/.test(answer.code)
        ? t('codeTooMany')
        : status === 401 || status === 400
          ? t('codeWrong')
          : text,
    )
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <Text>{t('codeAsk')}</Text>
        <TextInput
          size="md"
          label={t('code')}
          autoComplete="one-time-code"
          autoFocus
          value={code}
          error={wrong}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" size="md" loading={busy}>
          {t('submit')}
        </Button>
      </Stack>
    </form>
  )
}
