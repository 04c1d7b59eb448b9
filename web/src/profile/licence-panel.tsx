import { Button, Group, Stack, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { licenceKey, licenceQuery, type Licence } from '../api/licence-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { SectionPanel } from '../parts/section-panel.tsx'
import { PriceTable } from '../pay/price-table.tsx'
import { BillingForm } from './billing-form.tsx'
import { InvoiceList } from './invoice-list.tsx'
import styles from './licence-panel.module.css'

interface Props {
  integrationId: string
  mayChange: boolean
}

/** The licence of an integration: how it stands, what the next year costs, who pays it, and the invoices. */
export const LicencePanel = ({ integrationId, mayChange }: Props) => {
  const { t } = useTranslation('licence')
  const licence = useQuery(licenceQuery(integrationId))
  const { data } = licence
  return (
    <SectionPanel title={t('title')} intro={t('intro')}>
      <QueryFailure query={licence} />
      {licence.isPending && <ListLoading rows={3} />}
      {data && !data.sold && <p>{t('notSold')}</p>}
      {data?.sold && (
        <Stack gap="xl">
          <Standing licence={data} />
          <NextYear integrationId={integrationId} licence={data} mayChange={mayChange} />
          {data.phase !== 'store' && (
            <BillingForm integrationId={integrationId} kept={data.details} mayChange={mayChange} />
          )}
          <InvoiceList integrationId={integrationId} invoices={data.invoices} />
        </Stack>
      )}
    </SectionPanel>
  )
}

const Standing = ({ licence }: { licence: Licence }) => {
  const { t } = useTranslation('licence')
  const format = useFormat()
  const { phase, waiting, storeCancelledOn } = licence
  const days = {
    end: format.day(licence.endsOn),
    stop: format.day(licence.stopsBookingOn),
    last: format.day(licence.stopsCollectingOn),
    stopped: licence.stoppedOn === null ? '' : format.day(licence.stoppedOn),
  }
  return (
    <div data-phase={phase} className={styles['standing']}>
      <p className={styles['phase']}>{t(`phase.${phase}`, days)}</p>
      <p className={styles['quiet']}>{t(`phaseText.${phase}`, days)}</p>
      {storeCancelledOn !== null && <p>{t('cancelled', { day: format.day(storeCancelledOn) })}</p>}
      {waiting > 0 && <p>{t('waiting', { count: waiting })}</p>}
    </div>
  )
}

interface NextYearProps extends Props {
  licence: Licence
}

const closed: ReadonlySet<Licence['phase']> = new Set(['store', 'stopped', 'lapsed'])

/** The offer of the next year, or the way to ask for it before it comes by mail. */
const NextYear = ({ integrationId, licence, mayChange }: NextYearProps) => {
  const { t } = useTranslation('licence')
  const ask = useAsk()
  const queries = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)
  const { offer, phase } = licence
  if (closed.has(phase)) return null
  if (offer !== null) {
    return (
      <div>
        <Title order={3}>{t('offer')}</Title>
        <PriceTable what={t(`service.${offer.service}`)} price={offer.price} />
        <Group mt="md">
          <Button component="a" href={offer.payPath}>
            {t('toOffer')}
          </Button>
        </Group>
      </div>
    )
  }
  if (!mayChange) return null
  const makeOffer = async () => {
    setBusy(true)
    setTrouble(null)
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/offer', {
        params: { integrationId },
        body: { service: 'year' },
      }),
    )
    if (said.is === 'failed') setTrouble(said.error)
    await queries.invalidateQueries({ queryKey: licenceKey(integrationId) })
    setBusy(false)
  }
  return (
    <div>
      {trouble !== null && <FailureNotice error={trouble} />}
      <Button variant="default" loading={busy} onClick={() => void makeOffer()}>
        {t('askOffer')}
      </Button>
    </div>
  )
}
