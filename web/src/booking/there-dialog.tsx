import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useIntegration } from '../shell/integration.ts'
import { useDeeds } from './deeds.ts'

interface FormProps {
  booking: Booking
  onClose: () => void
}

interface Props extends FormProps {
  opened: boolean
}

/** A person saw the invoice in the bookkeeping and tells its number. */
export const ThereDialog = ({ opened, booking, onClose }: Props) => {
  const { t } = useTranslation('booking')
  const system = useIntegration().accounting.title
  const title = t('deciding.thereTitle', { number: booking.number, system })
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <ThereForm booking={booking} onClose={onClose} />
    </Dialog>
  )
}

const ThereForm = ({ booking, onClose }: FormProps) => {
  const { t } = useTranslation('booking')
  const { id, accounting } = useIntegration()
  const deeds = useDeeds(id)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const system = accounting.title

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('number')
    const remoteNumber = typeof typed === 'string' ? typed.trim() : ''
    setMissing(remoteNumber === '')
    if (remoteNumber === '') return
    setBusy(true)
    const failed = await deeds.decide(booking, { decision: 'it-is-there', remoteNumber })
    setBusy(false)
    if (failed === undefined) onClose()
    else setFailure(failed)
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        <Text>{t('deciding.thereText', { system })}</Text>
        <TextInput
          name="number"
          label={t('deciding.numberLabel', { system })}
          error={missing && t('deciding.numberMissing')}
          maxLength={50}
          autoComplete="off"
          required
          data-autofocus
        />
        {failure !== undefined && <FailureNotice error={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('deciding.cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('deciding.thereConfirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
