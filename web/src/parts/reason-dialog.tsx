import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState, type ReactNode, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Dialog } from './dialog.tsx'
import { FailureNotice } from './failure-notice.tsx'

interface FormProps {
  text: string
  confirm: string
  danger?: boolean
  /** Whether it can be done without saying why. */
  optional?: boolean
  /** What else is asked, above the reason. */
  children?: ReactNode
  /** Whether something of that is wrong still: nothing is done then. */
  blocked?: boolean
  onClose: () => void
  /** @returns the failure when it did not work; the dialog then stays */
  onConfirm: (reason: string) => Promise<unknown>
}

interface Props extends FormProps {
  title: string
  opened: boolean
}

/** Asks why before something that goes into the log. */
export const ReasonDialog = ({ title, opened, ...form }: Props) => (
  <Dialog opened={opened} onClose={form.onClose} title={title}>
    <ReasonForm {...form} />
  </Dialog>
)

const ReasonForm = ({
  text,
  confirm,
  danger,
  optional,
  children,
  blocked,
  onClose,
  onConfirm,
}: FormProps) => {
  const { t } = useTranslation('shell')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy) return
    const given = reason.trim()
    const lacks = optional !== true && given.length < 3
    setMissing(lacks)
    if (lacks || blocked === true) return
    setBusy(true)
    const failed = await onConfirm(given)
    setBusy(false)
    setFailure(failed)
    if (failed === undefined) onClose()
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <Text>{text}</Text>
        {children}
        <Textarea
          label={t('view.reason')}
          value={reason}
          maxLength={500}
          autosize
          minRows={2}
          error={missing && t('view.reasonMissing')}
          data-autofocus
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {failure !== undefined && <FailureNotice error={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('view.cancel')}
          </Button>
          <Button type="submit" loading={busy} {...(danger === true && { color: 'red' })}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
