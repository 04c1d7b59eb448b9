import { Button, Group, NativeSelect, Stack } from '@mantine/core'
import { IconPlugConnected, IconRadar2, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { tell } from '../booking/tell.ts'
import { useFormat } from '../i18n/format.ts'
import { Relative } from '../parts/moment.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { alarmSigns } from './alarm-words.ts'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { Ends } from './ends.tsx'
import { IntegrationName } from './integration-name.tsx'
import { Mark } from './mark.tsx'
import { healthQuery, type HealthLine } from './operator-queries.ts'
import { healthShows, healthSorts } from './operator-search.ts'
import { useDeed } from './use-deed.ts'
import { useDuration } from './duration.ts'

const route = getRouteApi('/operator/')

/** How every integration does, the worst first. */
export const IntegrationsPage = () => {
  const { t } = useTranslation('operator')
  const { search = '', sort = 'trouble', show = 'active' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(healthQuery({ search, sort, show }))
  const columns = useHealthColumns()
  const { act } = useDeed()
  const [measuring, setMeasuring] = useState(false)
  const isNarrowed = search !== '' || show !== 'active'

  const choose = (change: Record<string, string>) =>
    void navigate({
      search: (old) => ({ ...old, ...change }),
      replace: true,
      resetScroll: false,
    })
  const measure = async () => {
    setMeasuring(true)
    await act(async () => {
      const round = await call('POST /api/operator/monitor', { body: { now: true } })
      tell(t('measured', { count: round.measured, raised: round.raised, resolved: round.resolved }))
    })
    setMeasuring(false)
  }

  return (
    <Stack gap="lg">
      <ConsoleHead title={t('integrations.title')} intro={t('integrations.intro')} />
      <Group gap="sm" role="search">
        <SearchField
          label={t('integrations.search')}
          value={search}
          onSearch={(text) => choose({ search: text })}
        />
        <NativeSelect
          aria-label={t('integrations.show')}
          value={show}
          data={healthShows.map((each) => ({ value: each, label: t(`show.${each}`) }))}
          onChange={(event) => choose({ show: event.currentTarget.value })}
        />
        <NativeSelect
          aria-label={t('integrations.sort')}
          value={sort}
          data={healthSorts.map((each) => ({ value: each, label: t(`sort.${each}`) }))}
          onChange={(event) => choose({ sort: event.currentTarget.value })}
        />
        <Button
          variant="default"
          ml="auto"
          loading={measuring}
          leftSection={<IconRadar2 size={18} aria-hidden />}
          onClick={() => void measure()}
        >
          {t('measure')}
        </Button>
      </Group>
      <PagedList
        query={query}
        loading={{ rows: 10, height: 56 }}
        empty={{
          icon: isNarrowed ? IconSearchOff : IconPlugConnected,
          title: t(isNarrowed ? 'integrations.noMatch' : 'integrations.empty'),
          text: t(isNarrowed ? 'integrations.noMatchText' : 'integrations.emptyText'),
        }}
      >
        {(lines) => (
          <RowTable
            caption={t('integrations.title')}
            items={lines}
            keyOf={({ id }) => id}
            columns={columns}
            busy={query.isPlaceholderData}
          />
        )}
      </PagedList>
    </Stack>
  )
}

const useHealthColumns = (): Column<HealthLine>[] => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  const duration = useDuration()
  const count = (value: number) => (value === 0 ? '–' : format.count(value))
  return [
    { head: t('health.integration'), cell: (line) => <IntegrationName integration={line} /> },
    {
      head: t('health.ends'),
      cell: ({ webshop, accounting }) => <Ends webshop={webshop} accounting={accounting} />,
    },
    {
      head: t('health.state'),
      cell: ({ alarms, state }) =>
        alarms.length > 0 ? (
          <Group gap={4}>
            {alarms.map((kind) => (
              <Mark key={kind} tone="red" icon={alarmSigns[kind]}>
                {t(`kind.${kind}`)}
              </Mark>
            ))}
          </Group>
        ) : (
          t(`state.${state}`)
        ),
    },
    {
      head: t('health.lastSeen'),
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? '–' : <Relative at={lastSeenAt} />),
    },
    {
      head: t('health.lag'),
      numeric: true,
      cell: ({ lagSeconds }) => (lagSeconds === 0 ? '–' : duration(lagSeconds)),
    },
    {
      head: t('health.errorRate'),
      numeric: true,
      cell: ({ errorRate }) =>
        errorRate === null ? '–' : format.percent((errorRate * 100).toFixed(1)),
    },
    { head: t('health.waiting'), numeric: true, cell: ({ waiting }) => count(waiting) },
    { head: t('health.uncertain'), numeric: true, cell: ({ uncertain }) => count(uncertain) },
  ]
}
