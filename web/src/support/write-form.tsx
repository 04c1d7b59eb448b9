import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useKeptText } from './kept-text.ts'

interface Props {
  /** Names what is typed, so that it is kept apart from other texts. */
  name: string
  label: string
  /** @returns the failure when it did not work; the text then stays */
  onSend: (text: string) => Promise<unknown>
}

/** A few lines to add to a conversation. */
export const WriteForm = ({ name, label, onSend }: Props) => {
  const { t } = useTranslation('support')
  const [text, setText] = useKeptText(name)
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy) return
    setMissing(text.trim() === '')
    if (text.trim() === '') return
    setBusy(true)
    const failed = await onSend(text.trim())
    setBusy(false)
    setFailure(failed)
    if (failed === undefined) setText('')
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <Textarea
          label={label}
          value={text}
          autosize
          minRows={3}
          maxRows={16}
          maxLength={10_000}
          error={missing && t('textMissing')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {failure !== undefined && <FailureNotice error={failure} />}
        <Group justify="flex-end">
          <Button type="submit" loading={busy}>
            {t('send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
