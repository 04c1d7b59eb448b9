import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { todayOf } from '../survey/days.ts'
import type { Service, Tariff } from './billing-queries.ts'
import { inEuros, readEuros } from './euros.tsx'
import { standingOf } from './tariff-standing.ts'
import { useDeed } from './use-deed.ts'

interface Props {
  tariffs: readonly Tariff[]
  onClose: () => void
}

const services: readonly Service[] = ['year', 'migration', 'installation']

/** Sets what is asked for a service from a day on. */
export const TariffDialog = ({ tariffs, onClose }: Props) => {
  const { t } = useTranslation('operator')
  const { attempt } = useDeed()
  const today = todayOf(new Date())
  const priceOf = (service: Service): string => {
    const now = tariffs.find(
      (each) => each.service === service && standingOf(each, tariffs) === 'current',
    )
    return now === undefined ? '' : inEuros(now.cents)
  }
  const [service, setService] = useState<Service>('year')
  const [price, setPrice] = useState(priceOf('year'))
  const [fromOn, setFromOn] = useState(today)
  const cents = readEuros(price)
  const isWrong = cents === null || (service === 'year' && cents === 0)
  const isPast = fromOn < today
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('tariffs.setTitle')}
      text={t('tariffs.setText')}
      confirm={t('tariffs.set')}
      blocked={isWrong || isPast}
      onConfirm={(reason) =>
        attempt(() =>
          call('PUT /api/operator/tariffs', {
            body: { service, fromOn, cents: cents ?? 0, reason },
          }),
        )
      }
    >
      <NativeSelect
        label={t('tariffs.service')}
        value={service}
        data={services.map((value) => ({ value, label: t(`service.${value}`) }))}
        onChange={(event) => {
          const chosen = services.find((each) => each === event.currentTarget.value) ?? 'year'
          setService(chosen)
          setPrice(priceOf(chosen))
        }}
      />
      <TextInput
        label={t('tariffs.price')}
        description={t(`tariffs.per.${service}`)}
        inputMode="decimal"
        value={price}
        error={isWrong && t(service === 'year' ? 'tariffs.wrongYear' : 'tariffs.wrong')}
        onChange={(event) => setPrice(event.currentTarget.value)}
      />
      <TextInput
        type="date"
        label={t('tariffs.from')}
        min={today}
        value={fromOn}
        error={isPast && t('tariffs.tooEarly')}
        onChange={(event) => setFromOn(event.currentTarget.value)}
      />
    </ReasonDialog>
  )
}
