import { Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import { IconCircleCheck, IconHourglass, IconReceipt2, IconX } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { CopyButton } from '../parts/copy-button.tsx'
import { Moment } from '../parts/moment.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { offersQuery, type OfferLine } from './billing-queries.ts'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { Euros } from './euros.tsx'
import { IntegrationName } from './integration-name.tsx'
import { Mark } from './mark.tsx'
import { offerStates } from './operator-search.ts'
import { PaidBackDialog } from './paid-back-dialog.tsx'
import { TroubledPayments } from './troubled-payments.tsx'
import { useDeed } from './use-deed.ts'

const route = getRouteApi('/operator/offers')

const marks = {
  open: { tone: 'amber', icon: IconHourglass },
  paid: { tone: 'green', icon: IconCircleCheck },
  withdrawn: { tone: 'gray', icon: IconX },
} as const

type Deed = 'paid' | 'withdraw' | 'back'

/** What was offered, whether it was paid, and payments that somebody has to look at. */
export const OffersPage = () => {
  const { t } = useTranslation('operator')
  const { state = 'open' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(offersQuery(state))
  const { attempt } = useDeed()
  const [asked, setAsked] = useState<{ offer: OfferLine; deed: Deed }>()
  const columns = useOfferColumns((offer, deed) => setAsked({ offer, deed }))
  const deed = asked?.deed === 'withdraw' ? 'withdraw' : 'paid'
  const close = () => setAsked(undefined)
  const about = { number: asked?.offer.number, name: asked?.offer.integration.name }
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('offers.title')} intro={t('offers.intro')} />
      <TroubledPayments />
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={2}>{t('offers.list')}</Title>
          <NativeSelect
            aria-label={t('offers.show')}
            value={state}
            data={offerStates.map((each) => ({ value: each, label: t(`offerState.${each}`) }))}
            onChange={(event) => {
              const chosen = offerStates.find((each) => each === event.currentTarget.value)
              void navigate({ search: chosen ? { state: chosen } : {}, replace: true })
            }}
          />
        </Group>
        <PagedList
          query={query}
          loading={{ rows: 6, height: 56 }}
          empty={{ icon: IconReceipt2, title: t('offers.empty'), text: t('offers.emptyText') }}
        >
          {(offers) => (
            <RowTable
              caption={t('offers.list')}
              items={offers}
              keyOf={({ id }) => id}
              columns={columns}
              busy={query.isPlaceholderData}
            />
          )}
        </PagedList>
      </Stack>
      <ReasonDialog
        opened={asked !== undefined && asked.deed !== 'back'}
        onClose={close}
        title={t(`offers.${deed}Title`, about)}
        text={t(`offers.${deed}Text`, about)}
        confirm={t(`offers.${deed}`)}
        danger={deed === 'withdraw'}
        onConfirm={(reason) =>
          attempt(() =>
            call(`POST /api/operator/offers/:offerId/${deed}`, {
              params: { offerId: asked?.offer.id ?? '' },
              body: { reason },
            }),
          )
        }
      />
      {asked?.deed === 'back' && <PaidBackDialog offer={asked.offer} onClose={close} />}
    </Stack>
  )
}

const useOfferColumns = (onAsk: (offer: OfferLine, deed: Deed) => void): Column<OfferLine>[] => {
  const { t } = useTranslation('operator')
  return [
    { head: t('offers.number'), cell: ({ number }) => <code>{number}</code> },
    {
      head: t('health.integration'),
      cell: ({ integration }) => <IntegrationName integration={integration} />,
    },
    {
      head: t('offers.what'),
      cell: ({ service, quantity }) =>
        quantity === 1 ? t(`service.${service}`) : `${quantity} × ${t(`service.${service}`)}`,
    },
    {
      head: t('offers.net'),
      numeric: true,
      cell: ({ netCents }) => <Euros cents={netCents} />,
    },
    {
      head: t('health.state'),
      cell: ({ state, changedAt }) => (
        <>
          <Mark {...marks[state]}>{t(`offerState.${state}`)}</Mark>
          <Text size="sm" c="dimmed">
            <Moment at={changedAt} />
          </Text>
        </>
      ),
    },
    {
      head: t('remotes.deed'),
      cell: (offer) => <Deeds offer={offer} onAsk={onAsk} />,
    },
  ]
}

interface DeedsProps {
  offer: OfferLine
  onAsk: (offer: OfferLine, deed: Deed) => void
}

const Deeds = ({ offer, onAsk }: DeedsProps) => {
  const { t } = useTranslation('operator')
  const { state, payment, number, payPath } = offer
  const button = (deed: Deed) => (
    <Button
      size="xs"
      variant={deed === 'withdraw' ? 'subtle' : 'default'}
      {...(deed === 'withdraw' && { color: 'gray' })}
      onClick={() => onAsk(offer, deed)}
    >
      {t(deed === 'back' ? 'paidBack.deed' : `offers.${deed}`)}
      <span className="visually-hidden">: {number}</span>
    </Button>
  )
  if (state === 'open') {
    return (
      <Group gap={6}>
        <CopyButton text={window.location.origin + payPath} label={t('offers.link')} of={number} />
        {button('paid')}
        {button('withdraw')}
      </Group>
    )
  }
  return payment?.way === 'transfer' && payment.keptCents > 0 ? button('back') : '–'
}
