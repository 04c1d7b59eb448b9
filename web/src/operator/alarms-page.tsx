import { SegmentedControl, Stack } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { AlarmList } from './alarm-list.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { ConsoleHead } from './console-head.tsx'
import { alarmsQuery } from './operator-queries.ts'

const route = getRouteApi('/operator/alarms')

/** What the watch found. */
export const AlarmsPage = () => {
  const { t } = useTranslation('operator')
  const { show = 'standing' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(alarmsQuery(show))
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('alarms.title')} intro={t('alarms.intro')} />
      <SegmentedControl
        aria-label={t('alarms.show')}
        value={show}
        w="fit-content"
        data={[
          { value: 'standing', label: t('alarms.standing') },
          { value: 'all', label: t('alarms.all') },
        ]}
        onChange={(value) =>
          void navigate({ search: value === 'all' ? { show: 'all' } : {}, replace: true })
        }
      />
      <PagedList
        query={query}
        loading={{ rows: 6, height: 72 }}
        empty={{ icon: IconCircleCheck, title: t('alarms.empty'), text: t('alarms.emptyText') }}
      >
        {(alarms) => <AlarmList alarms={alarms} withName />}
      </PagedList>
    </Stack>
  )
}
