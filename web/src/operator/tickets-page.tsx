import { Checkbox, Group, NativeSelect, Stack } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/language.ts'
import { PagedList } from '../parts/paged-list.tsx'
import { ConsoleHead } from './console-head.tsx'
import { InboxList } from './inbox-list.tsx'
import { inboxQuery, ticketCausesQuery } from './operator-queries.ts'
import { readTicketRoom, ticketStates } from './operator-search.ts'
import { TicketCauses } from './ticket-causes.tsx'

const route = getRouteApi('/operator/tickets')

/** The inbox. Many with one cause stand together, to be answered together. */
export const TicketsPage = () => {
  const { t } = useTranslation('operator')
  const { t: support } = useTranslation('support')
  const language = useLanguage()
  const { state = 'asked', mine = false } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(inboxQuery(language, state, mine))
  const { data: causes = [] } = useQuery(ticketCausesQuery(language))
  const together = causes.filter(({ count }) => count > 1)
  return (
    <Stack gap="lg">
      <ConsoleHead title={t('tickets.title')} intro={t('tickets.intro')} />
      <Group gap="md">
        <NativeSelect
          aria-label={t('tickets.show')}
          value={state}
          data={ticketStates.map((each) => ({ value: each, label: support(`state.${each}`) }))}
          onChange={(event) => {
            const wanted = readTicketRoom({ state: event.currentTarget.value })
            void navigate({ search: (old) => ({ ...old, ...wanted }), replace: true })
          }}
        />
        <Checkbox
          label={t('tickets.mine')}
          checked={mine}
          onChange={(event) => {
            const { checked } = event.currentTarget
            void navigate({
              search: ({ mine: _old, ...rest }) => ({ ...rest, ...(checked && { mine: true }) }),
              replace: true,
            })
          }}
        />
      </Group>
      {state === 'asked' && together.length > 0 && <TicketCauses causes={together} />}
      <PagedList
        query={query}
        loading={{ rows: 6, height: 64 }}
        empty={{ icon: IconInbox, title: t('tickets.empty'), text: t('tickets.emptyText') }}
      >
        {(tickets) => <InboxList tickets={tickets} />}
      </PagedList>
    </Stack>
  )
}
