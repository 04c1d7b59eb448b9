import { Group, NativeSelect, Stack, Text } from '@mantine/core'
import {
  IconBuildingStore,
  IconCircleCheck,
  IconClockPause,
  IconHourglass,
  IconLicense,
  IconPlayerStop,
  IconTestPipe,
  type Icon,
} from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import { Day } from '../parts/day.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { licencesQuery, type LicenceLine } from './billing-queries.ts'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { IntegrationName } from './integration-name.tsx'
import { Mark } from './mark.tsx'
import { licenceShows } from './operator-search.ts'

const route = getRouteApi('/operator/licences')

const marks: Readonly<
  Record<LicenceLine['phase'], { tone: 'gray' | 'petrol' | 'green' | 'amber' | 'red'; icon: Icon }>
> = {
  trial: { tone: 'petrol', icon: IconTestPipe },
  paid: { tone: 'green', icon: IconCircleCheck },
  store: { tone: 'gray', icon: IconBuildingStore },
  grace: { tone: 'amber', icon: IconHourglass },
  collecting: { tone: 'red', icon: IconClockPause },
  lapsed: { tone: 'gray', icon: IconPlayerStop },
  stopped: { tone: 'gray', icon: IconPlayerStop },
}

/** Until when everybody is covered, the one that ends first in front. */
export const LicencesPage = () => {
  const { t } = useTranslation('operator')
  const { show = 'ending', search = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(licencesQuery(show, search))
  const columns = useLicenceColumns()
  const choose = (change: Record<string, string>) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true, resetScroll: false })
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('licences.title')} intro={t('licences.intro')} />
      <Group gap="sm" role="search">
        <SearchField
          label={t('integrations.search')}
          value={search}
          onSearch={(text) => choose({ search: text })}
        />
        <NativeSelect
          aria-label={t('licences.show')}
          value={show}
          data={licenceShows.map((each) => ({ value: each, label: t(`licenceShow.${each}`) }))}
          onChange={(event) => choose({ show: event.currentTarget.value })}
        />
      </Group>
      <PagedList
        query={query}
        loading={{ rows: 8, height: 56 }}
        empty={{ icon: IconLicense, title: t('licences.empty'), text: t('licences.emptyText') }}
      >
        {(lines) => (
          <RowTable
            caption={t('licences.title')}
            items={lines}
            keyOf={({ integration }) => integration.id}
            columns={columns}
            busy={query.isPlaceholderData}
          />
        )}
      </PagedList>
    </Stack>
  )
}

const useLicenceColumns = (): Column<LicenceLine>[] => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  return [
    {
      head: t('health.integration'),
      cell: ({ integration }) => <IntegrationName integration={integration} />,
    },
    {
      head: t('health.state'),
      cell: ({ phase, stoppedBy }) => (
        <>
          <Mark {...marks[phase]}>{t(`phase.${phase}`)}</Mark>
          {stoppedBy !== null && (
            <Text size="sm" c="dimmed">
              {t(`stoppedBy.${stoppedBy}`)}
            </Text>
          )}
        </>
      ),
    },
    {
      head: t('licences.ends'),
      cell: ({ phase, endsOn, stoppedOn, storeCancelledOn }) => {
        if (stoppedOn !== null) return <Day day={stoppedOn} />
        if (phase !== 'store') return <Day day={endsOn} />
        return storeCancelledOn === null
          ? '–'
          : t('licences.cancelled', { day: format.day(storeCancelledOn) })
      },
    },
    {
      head: t('licences.stops'),
      cell: ({ phase, stopsBookingOn }) =>
        phase === 'store' || phase === 'stopped' ? '–' : <Day day={stopsBookingOn} />,
    },
    {
      head: t('licences.waiting'),
      numeric: true,
      cell: ({ waiting }) => (waiting === 0 ? '–' : format.count(waiting)),
    },
    { head: t('licences.offer'), cell: ({ offer }) => (offer ? <code>{offer}</code> : '–') },
  ]
}
