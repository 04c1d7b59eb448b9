import { Stack } from '@mantine/core'
import { IconNotebook } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { ConsoleHead } from './console-head.tsx'
import { LogList } from './log-list.tsx'
import { logQuery } from './operator-queries.ts'

/** Everything operators did. */
export const LogPage = () => {
  const { t } = useTranslation('operator')
  const query = useInfiniteQuery(logQuery())
  const lines = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('log.title')} intro={t('log.intro')} />
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={10} />
      ) : lines.length > 0 ? (
        <Stack gap="sm">
          <LogList lines={lines} withName />
          <LoadMore query={query} />
        </Stack>
      ) : query.error ? null : (
        <EmptyNotice icon={IconNotebook} title={t('log.empty')} text={t('log.emptyText')} />
      )}
    </Stack>
  )
}
