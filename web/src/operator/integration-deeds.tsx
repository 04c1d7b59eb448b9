import { Button, Group, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconEye, IconHistory, IconPlayerStop, IconReceipt2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { tell } from '../booking/tell.ts'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { yearStartOf, yesterdayOf } from '../survey/days.ts'
import type { Service } from './billing-queries.ts'
import type { IntegrationDetail } from './operator-queries.ts'
import { useDeed } from './use-deed.ts'

type Deed = 'view' | 'offer' | 'migrate' | 'stop'
type Health = IntegrationDetail['health']

const deeds = [
  { deed: 'view', icon: IconEye },
  { deed: 'offer', icon: IconReceipt2 },
  { deed: 'migrate', icon: IconHistory },
  { deed: 'stop', icon: IconPlayerStop },
] as const

/** A stopped integration can only be looked at. */
const isPossible = (deed: Deed, { state }: Health): boolean =>
  deed === 'view' || (state !== 'stopped' && (deed !== 'migrate' || state === 'active'))

/** What an operator can do for, or about, one integration. Everything goes into the log. */
export const IntegrationDeeds = ({ health }: { health: Health }) => {
  const { t } = useTranslation('operator')
  const [asked, setAsked] = useState<Deed>()
  const props = { health, onClose: () => setAsked(undefined) }
  return (
    <>
      <Group gap="xs">
        {deeds
          .filter(({ deed }) => isPossible(deed, health))
          .map(({ deed, icon: Sign }) => (
            <Button
              key={deed}
              variant={deed === 'stop' ? 'subtle' : 'default'}
              {...(deed === 'stop' && { color: 'red' })}
              leftSection={<Sign size={18} aria-hidden />}
              onClick={() => setAsked(deed)}
            >
              {t(`${deed}.begin`)}
            </Button>
          ))}
      </Group>
      {asked === 'view' && <ViewDialog {...props} />}
      {asked === 'offer' && <OfferDialog {...props} />}
      {asked === 'migrate' && <MigrateDialog {...props} />}
      {asked === 'stop' && <StopDialog {...props} />}
    </>
  )
}

interface DialogProps {
  health: Health
  onClose: () => void
}

const ViewDialog = ({ health: { id, name, merchant }, onClose }: DialogProps) => {
  const { t } = useTranslation('operator')
  const { attempt } = useDeed()
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('view.title', { merchant: merchant === '' ? name : merchant })}
      text={t('view.text')}
      confirm={t('view.confirm')}
      onConfirm={(reason) =>
        attempt(async () => {
          await call('POST /api/operator/integrations/:integrationId/views', {
            params: { integrationId: id },
            body: { reason },
          })
          // Another house: everything that is known of the merchant's side is asked anew.
          window.location.assign(`/i/${id}/report`)
        })
      }
    />
  )
}

const services: readonly Service[] = ['installation', 'migration', 'year']

const OfferDialog = ({ health: { id, name }, onClose }: DialogProps) => {
  const { t } = useTranslation('operator')
  const { attempt } = useDeed()
  const [service, setService] = useState<Service>('installation')
  const [quantity, setQuantity] = useState<number | string>(1)
  const count = Number(quantity)
  const isWrong = !Number.isInteger(count) || count < 1 || count > 1_000
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('offer.title', { name })}
      text={t('offer.text')}
      confirm={t('offer.confirm')}
      blocked={isWrong}
      onConfirm={(reason) =>
        attempt(async () => {
          const { number } = await call('POST /api/operator/integrations/:integrationId/offers', {
            params: { integrationId: id },
            body: { service, quantity: count, reason },
          })
          tell(t('offer.made', { number }))
        })
      }
    >
      <NativeSelect
        label={t('tariffs.service')}
        value={service}
        data={services.map((value) => ({ value, label: t(`service.${value}`) }))}
        onChange={(event) =>
          setService(services.find((each) => each === event.currentTarget.value) ?? 'installation')
        }
      />
      <NumberInput
        label={t('offer.quantity')}
        description={t(`tariffs.per.${service}`)}
        min={1}
        max={1_000}
        allowDecimal={false}
        value={quantity}
        error={isWrong && t('offer.quantityWrong')}
        onChange={setQuantity}
      />
    </ReasonDialog>
  )
}

const MigrateDialog = ({ health: { id, name }, onClose }: DialogProps) => {
  const { t } = useTranslation('operator')
  const { t: survey } = useTranslation('survey')
  const { attempt } = useDeed()
  const [from, setFrom] = useState(yearStartOf(new Date()))
  const [until, setUntil] = useState(yesterdayOf(new Date()))
  return (
    <ReasonDialog
      opened
      onClose={onClose}
      title={t('migrate.title', { name })}
      text={t('migrate.text')}
      confirm={t('migrate.confirm')}
      blocked={from === '' || until === ''}
      onConfirm={(reason) =>
        attempt(async () => {
          await call('POST /api/operator/integrations/:integrationId/migrations', {
            params: { integrationId: id },
            body: { from, until, reason },
          })
          tell(t('migrate.begun'))
        })
      }
    >
      <Group grow>
        <TextInput
          type="date"
          label={survey('from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={survey('until')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
      </Group>
    </ReasonDialog>
  )
}

const StopDialog = ({ health: { id, name }, onClose }: DialogProps) => {
  const { t } = useTranslation('operator')
  const { attempt } = useDeed()
  return (
    <ReasonDialog
      opened
      danger
      onClose={onClose}
      title={t('stop.title', { name })}
      text={t('stop.text')}
      confirm={t('stop.confirm')}
      onConfirm={(reason) =>
        attempt(() =>
          call('POST /api/operator/integrations/:integrationId/stop', {
            params: { integrationId: id },
            body: { reason },
          }),
        )
      }
    />
  )
}
