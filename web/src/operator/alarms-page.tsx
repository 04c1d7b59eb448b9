import { SegmentedControl, Stack } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { AlarmList } from './alarm-list.tsx'
import { ConsoleHead } from './console-head.tsx'
import { alarmsQuery } from './operator-queries.ts'

const route = getRouteApi('/operator/alarms')

/** What the watch found. */
export const AlarmsPage = () => {
  const { t } = useTranslation('operator')
  const { show = 'standing' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(alarmsQuery(show))
  const alarms = query.data?.pages.flatMap((page) => page.items) ?? []
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
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={6} height={72} />
      ) : alarms.length > 0 ? (
        <Stack gap="sm">
          <AlarmList alarms={alarms} withName />
          <LoadMore query={query} />
        </Stack>
      ) : query.error ? null : (
        <EmptyNotice
          icon={IconCircleCheck}
          title={t('alarms.empty')}
          text={t('alarms.emptyText')}
        />
      )}
    </Stack>
  )
}
