import { Button, Group, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { Money } from '../parts/money.tsx'
import { useIntegration } from '../shell/integration.ts'
import { useDeeds } from './deeds.ts'
import styles from './facts.module.css'

interface QuestionProps {
  booking: Booking
  onClose: () => void
}

interface Props extends QuestionProps {
  opened: boolean
}

/** Asks before a sale of unknown outcome is booked again, with what happens if it was there after all. */
export const AgainDialog = ({ opened, booking, onClose }: Props) => {
  const { t } = useTranslation('booking')
  const title = t('deciding.againTitle', { number: booking.number })
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <AgainQuestion booking={booking} onClose={onClose} />
    </Dialog>
  )
}

const AgainQuestion = ({ booking, onClose }: QuestionProps) => {
  const { t } = useTranslation('booking')
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
    <Stack>
      <Text>{t('deciding.againText', { system })}</Text>
      <div>
        <Text>{t('deciding.againLook', { system })}</Text>
        <dl className={styles['facts']}>
          <div>
            <dt>{t('facts.reference')}</dt>
            <dd>{reference ?? number}</dd>
          </div>
          <div>
            <dt>{t('facts.total')}</dt>
            <dd>
              <Money amount={total} currency={currency} />
            </dd>
          </div>
        </dl>
      </div>
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
  )
}
