import { Button, Group, PasswordInput, Text } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaidByDoor } from '../api/session.ts'
import { Dialog } from '../parts/dialog.tsx'
import { refusalWords } from './refusal-words.ts'

interface Props<T> {
  title: string
  text: string
  confirm: string
  opened: boolean
  onClose: () => void
  /** What the password is for. */
  act: (password: string) => Promise<SaidByDoor<T>>
  onDone: (data: T) => void
}

/** Asks for the password once more before the ways in are changed. */
export const PasswordDialog = <T,>({
  title,
  text,
  confirm,
  opened,
  onClose,
  act,
  onDone,
}: Props<T>) => {
  const { t } = useTranslation('account')
  const [password, setPassword] = useState('')
  const [wrong, setWrong] = useState('')
  const [busy, setBusy] = useState(false)
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    event.stopPropagation()
    if (busy) return
    if (password === '') {
      setWrong(t('password.currentMissing'))
      return
    }
    setBusy(true)
    const answer = await act(password)
    setBusy(false)
    if (answer.is === 'failed') {
      setWrong(
        answer.code === 'INVALID_PASSWORD' ? t('password.wrong') : refusalWords(answer, t).text,
      )
      return
    }
    setPassword('')
    setWrong('')
    onDone(answer.data)
  }
  return (
    <Dialog title={title} opened={opened} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Text mb="md">{text}</Text>
        <PasswordInput
          label={t('password.current')}
          autoComplete="current-password"
          data-autofocus
          value={password}
          error={wrong}
          visibilityToggleButtonProps={{ 'aria-label': t('password.show') }}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {confirm}
          </Button>
        </Group>
      </form>
    </Dialog>
  )
}
