import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useIntegration } from '../shell/integration.ts'
import { useDeeds } from './deeds.ts'

interface Props {
  booking: Booking
  onClose: () => void
}

/** Asks before a sale of unknown outcome is booked again, with what happens if it was there after all. */
export const AgainDialog = ({ booking, onClose }: Props) => {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const { id, accounting } = useIntegration()
  const deeds = useDeeds(id)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const system = accounting.title
  const { number, reference, total, currency } = booking

  const confirm = async () => {
    setBusy(true)
    const failed = await deeds.decide(booking, { decision: 'book-again' })
    setBusy(false)
    if (failed === undefined) onClose()
    else setFailure(failed)
  }

  return (
    <Dialog onClose={onClose} title={t('deciding.againTitle', { number })}>
      <Stack>
        <Text>{t('deciding.againText', { system })}</Text>
        <Text>
          {t('deciding.againLook', {
            system,
            reference: reference ?? number,
            total: total !== null && currency !== null ? format.money(total, currency) : '–',
          })}
        </Text>
        {failure !== undefined && <FailureNotice error={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} data-autofocus>
            {t('deciding.cancel')}
          </Button>
          <Button color="red" loading={busy} onClick={() => void confirm()}>
            {t('deciding.againConfirm')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  )
}
