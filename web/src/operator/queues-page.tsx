import { Stack, Title } from '@mantine/core'
import { IconStack2 } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import facts from '../booking/facts.module.css'
import { useFormat } from '../i18n/format.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { useDuration } from './duration.ts'
import styles from './integration-page.module.css'
import { queuesQuery, type QueueLine } from './operator-queries.ts'

/** The machinery: jobs that wait, and mailboxes somebody is at. */
export const QueuesPage = () => {
  const { t } = useTranslation('operator')
  const format = useFormat()
  const duration = useDuration()
  const query = useQuery(queuesQuery())
  const columns: Column<QueueLine>[] = [
    { head: t('queues.name'), cell: ({ name }) => <code>{name}</code> },
    { head: t('queues.waiting'), numeric: true, cell: ({ waiting }) => format.count(waiting) },
    { head: t('queues.active'), numeric: true, cell: ({ active }) => format.count(active) },
    { head: t('queues.failed'), numeric: true, cell: ({ failed }) => format.count(failed) },
    {
      head: t('queues.oldest'),
      numeric: true,
      cell: ({ oldestSeconds }) => (oldestSeconds === null ? '–' : duration(oldestSeconds)),
    },
    { head: t('queues.cron'), cell: ({ cron }) => (cron === null ? '–' : <code>{cron}</code>) },
  ]
  const { data } = query
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('queues.title')} intro={t('queues.intro')} />
      <QueryFailure query={query} />
      {query.isPending && <ListLoading rows={6} />}
      {data && (
        <>
          <section className={`${panel['panel'] ?? ''} ${styles['measures'] ?? ''}`}>
            <Title order={2} mb="xs">
              {t('queues.mailboxes')}
            </Title>
            <dl className={facts['facts']}>
              {(['total', 'held', 'ringing', 'resting'] as const).map((name) => (
                <div key={name}>
                  <dt>{t(`queues.${name}`)}</dt>
                  <dd>{format.count(data.mailboxes[name])}</dd>
                </div>
              ))}
            </dl>
          </section>
          {data.queues.length > 0 ? (
            <RowTable
              caption={t('queues.title')}
              items={data.queues}
              keyOf={({ name }) => name}
              columns={columns}
            />
          ) : (
            <EmptyNotice icon={IconStack2} title={t('queues.empty')} text={t('queues.emptyText')} />
          )}
        </>
      )}
    </Stack>
  )
}
