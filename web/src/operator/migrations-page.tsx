import { Button, Group, NativeSelect, Stack, Text } from '@mantine/core'
import {
  IconAlertCircle,
  IconCircleCheck,
  IconHistory,
  IconHourglass,
  IconLoader,
  IconPlayerPause,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { useFormat } from '../i18n/format.ts'
import { useLanguage } from '../i18n/language.ts'
import { PagedList } from '../parts/paged-list.tsx'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { migrationsQuery, type MigrationLine } from './billing-queries.ts'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { IntegrationName } from './integration-name.tsx'
import { Mark } from './mark.tsx'
import { alarmShows } from './operator-search.ts'
import { useDeed } from './use-deed.ts'

const route = getRouteApi('/operator/migrations')

type Wish = 'start' | 'pause' | 'resume' | 'cancel'
type State = MigrationLine['state']

const dryRun = { tone: 'petrol', icon: IconLoader, wishes: ['cancel'] } as const
/** How each state looks, and what an operator can do about it. */
const states: Readonly<
  Record<
    State,
    {
      tone: 'gray' | 'petrol' | 'green' | 'amber' | 'red'
      icon: Icon
      wishes: readonly Wish[]
    }
  >
> = {
  listing: dryRun,
  invoices: dryRun,
  reading: dryRun,
  ready: { tone: 'amber', icon: IconHourglass, wishes: ['start', 'cancel'] },
  running: { tone: 'petrol', icon: IconLoader, wishes: ['pause', 'cancel'] },
  paused: { tone: 'amber', icon: IconPlayerPause, wishes: ['resume', 'cancel'] },
  done: { tone: 'green', icon: IconCircleCheck, wishes: [] },
  cancelled: { tone: 'gray', icon: IconX, wishes: [] },
  failed: { tone: 'red', icon: IconAlertCircle, wishes: [] },
}

/** The migrations of everybody: how far they are, and holding or running one for its merchant. */
export const MigrationsPage = () => {
  const { t } = useTranslation('operator')
  const { show = 'standing' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(migrationsQuery(show, useLanguage()))
  const { attempt } = useDeed()
  const [asked, setAsked] = useState<{ migration: MigrationLine; wish: Wish }>()
  const columns = useMigrationColumns((migration, wish) => setAsked({ migration, wish }))
  const wish = asked?.wish ?? 'pause'
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('migrations.title')} intro={t('migrations.intro')} />
      <NativeSelect
        aria-label={t('migrations.show')}
        w="fit-content"
        value={show}
        data={alarmShows.map((each) => ({ value: each, label: t(`migrations.${each}`) }))}
        onChange={(event) => {
          const isAll = event.currentTarget.value === 'all'
          void navigate({ search: isAll ? { show: 'all' } : {}, replace: true })
        }}
      />
      <PagedList
        query={query}
        loading={{ rows: 5, height: 56 }}
        empty={{ icon: IconHistory, title: t('migrations.empty'), text: t('migrations.emptyText') }}
      >
        {(migrations) => (
          <RowTable
            caption={t('migrations.title')}
            items={migrations}
            keyOf={({ id }) => id}
            columns={columns}
            busy={query.isPlaceholderData}
          />
        )}
      </PagedList>
      <ReasonDialog
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        title={t(`wish.${wish}Title`, { name: asked?.migration.integration.name })}
        text={t(`wish.${wish}Text`)}
        confirm={t(`wish.${wish}`)}
        danger={wish === 'cancel'}
        onConfirm={(reason) =>
          attempt(() =>
            call('POST /api/operator/integrations/:integrationId/migrations/:surveyId/steer', {
              params: {
                integrationId: asked?.migration.integration.id ?? '',
                surveyId: asked?.migration.id ?? '',
              },
              body: { wish, reason },
            }),
          )
        }
      />
    </Stack>
  )
}

const useMigrationColumns = (
  onAsk: (migration: MigrationLine, wish: Wish) => void,
): Column<MigrationLine>[] => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  return [
    {
      head: t('health.integration'),
      cell: ({ integration }) => <IntegrationName integration={integration} />,
    },
    {
      head: t('migrations.period'),
      cell: ({ from, until }) => `${format.day(from)} – ${format.day(until)}`,
    },
    {
      head: t('health.state'),
      cell: ({ state, problem }) => {
        const { tone, icon } = states[state]
        return (
          <>
            <Mark tone={tone} icon={icon}>
              {t(`migrationState.${state}`)}
            </Mark>
            {problem !== null && (
              <Text size="sm" c="dimmed">
                {problem.text}
              </Text>
            )}
          </>
        )
      },
    },
    {
      head: t('migrations.booked'),
      numeric: true,
      cell: ({ standings, sales }) =>
        `${format.count((standings.booked ?? 0) + (standings['by-hand'] ?? 0))} / ${format.count(sales)}`,
    },
    {
      head: t('migrations.price'),
      numeric: true,
      cell: ({ price, offer }) =>
        price === null ? (
          '–'
        ) : (
          <>
            {format.money(price, 'EUR')}
            {offer !== null && (
              <Text size="sm" c="dimmed">
                {t(`offerState.${offer.state}`)}
              </Text>
            )}
          </>
        ),
    },
    {
      head: t('remotes.deed'),
      cell: (migration) => {
        const { wishes } = states[migration.state]
        if (wishes.length === 0) return '–'
        return (
          <Group gap={6}>
            {wishes.map((wish) => (
              <Button
                key={wish}
                size="xs"
                variant={wish === 'cancel' ? 'subtle' : 'default'}
                {...(wish === 'cancel' && { color: 'gray' })}
                onClick={() => onAsk(migration, wish)}
              >
                {t(`wish.${wish}`)}
                <span className="visually-hidden">: {migration.integration.name}</span>
              </Button>
            ))}
          </Group>
        )
      },
    },
  ]
}
