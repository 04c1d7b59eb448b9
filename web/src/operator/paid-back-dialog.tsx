import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import type { OfferLine } from './billing-queries.ts'
import { inEuros, readEuros } from './euros.tsx'
import { useDeed } from './use-deed.ts'

interface Props {
  offer: OfferLine
  onClose: () => void
}

/** How much of a bank transfer was paid back: makes the credit invoice. */
export const PaidBackDialog = ({ offer: { payment, number }, onClose }: Props) => {
  const { t } = useTranslation('operator')
  const { attempt } = useDeed()
  const keptCents = payment?.keptCents ?? 0
  const [typed, setTyped] = useState(inEuros(keptCents))
  const cents = readEuros(typed) ?? 0
  const isWrong = cents === 0 || cents > keptCents
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('paidBack.title', { number })}
      text={t('paidBack.text')}
      confirm={t('paidBack.deed')}
      blocked={isWrong}
      onConfirm={(reason) =>
        attempt(() =>
          call('POST /api/operator/payments/:paymentId/paid-back', {
            params: { paymentId: payment?.id ?? '' },
            body: { cents, reason },
          }),
        )
      }
    >
      <TextInput
        label={t('paidBack.amount')}
        inputMode="decimal"
        value={typed}
        error={isWrong && t('paidBack.wrong', { most: inEuros(keptCents) })}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </ReasonDialog>
  )
}
