import { NativeSelect, Stack, Text } from '@mantine/core'
import { IconMail } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Moment } from '../parts/moment.tsx'
import { PagedList } from '../parts/paged-list.tsx'
import { ConsoleHead } from './console-head.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { mailsQuery, type Mail } from './operator-queries.ts'
import { mailStates } from './operator-search.ts'

const route = getRouteApi('/operator/mails')

/** What went out by mail, what waits, and what was refused. What a mail says stays sealed. */
export const MailsPage = () => {
  const { t } = useTranslation('operator')
  const { state = 'all' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(mailsQuery(state))
  const columns: Column<Mail>[] = [
    { head: t('mails.when'), cell: ({ createdAt }) => <Moment at={createdAt} /> },
    { head: t('mails.kind'), cell: ({ kind }) => <code>{kind}</code> },
    { head: t('mails.to'), cell: ({ to }) => to },
    {
      head: t('mails.state'),
      cell: (mail) => (
        <>
          {t(`mailState.${mail.state as 'sent'}`, { defaultValue: mail.state })}
          {mail.trouble !== null && (
            <Text size="sm" c="dimmed">
              {mail.trouble}
            </Text>
          )}
        </>
      ),
    },
    {
      head: t('mails.sent'),
      cell: ({ sentAt }) => (sentAt === null ? '–' : <Moment at={sentAt} />),
    },
  ]
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('mails.title')} intro={t('mails.intro')} />
      <NativeSelect
        aria-label={t('mails.state')}
        w="fit-content"
        value={state}
        data={mailStates.map((each) => ({ value: each, label: t(`mailState.${each}`) }))}
        onChange={(event) => {
          const { value } = event.currentTarget
          void navigate({ search: value === 'all' ? {} : { state: value }, replace: true })
        }}
      />
      <PagedList
        query={query}
        loading={{ rows: 8 }}
        empty={{ icon: IconMail, title: t('mails.empty'), text: t('mails.emptyText') }}
      >
        {(mails) => (
          <RowTable
            caption={t('mails.title')}
            items={mails}
            keyOf={({ id }) => id}
            columns={columns}
          />
        )}
      </PagedList>
    </Stack>
  )
}
