import { Stack } from '@mantine/core'
import { IconNotebook } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { PagedList } from '../parts/paged-list.tsx'
import { ConsoleHead } from './console-head.tsx'
import { LogList } from './log-list.tsx'
import { logQuery } from './operator-queries.ts'

/** Everything operators did. */
export const LogPage = () => {
  const { t } = useTranslation('operator')
  const query = useInfiniteQuery(logQuery())
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('log.title')} intro={t('log.intro')} />
      <PagedList
        query={query}
        loading={{ rows: 10 }}
        empty={{ icon: IconNotebook, title: t('log.empty'), text: t('log.emptyText') }}
      >
        {(lines) => <LogList lines={lines} withName />}
      </PagedList>
    </Stack>
  )
}
