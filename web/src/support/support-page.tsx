import { Button, Group, Stack, Title } from '@mantine/core'
import { IconLifebuoy, IconMessagePlus } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/language.ts'
import { Dialog } from '../parts/dialog.tsx'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { AskForm } from './ask-form.tsx'
import { HelpSearch } from './help-search.tsx'
import { ticketsQuery } from './support-queries.ts'
import { TicketList } from './ticket-list.tsx'

const route = getRouteApi('/signed-in/i/$integrationId/support')

/** Answers first, then somebody to ask, then what was asked before. */
export const SupportPage = () => {
  const { t } = useTranslation('support')
  const { id, name, mayChange } = useIntegration()
  const [asking, setAsking] = useState(false)
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(ticketsQuery(id, useLanguage()))
  const { data, error } = query
  const tickets = data?.pages.flatMap((page) => page.items) ?? []

  const askButton = mayChange && (
    <Button leftSection={<IconMessagePlus size={18} aria-hidden />} onClick={() => setAsking(true)}>
      {t('ask')}
    </Button>
  )

  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro')} of={name} />
      <HelpSearch />
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={4} height={64} />
      ) : tickets.length > 0 ? (
        <Stack gap="sm">
          <Group justify="space-between">
            <Title order={2}>{t('tickets')}</Title>
            {askButton}
          </Group>
          <TicketList tickets={tickets} />
          <LoadMore query={query} />
        </Stack>
      ) : error ? null : (
        <EmptyNotice icon={IconLifebuoy} title={t('empty.title')} text={t('empty.text')}>
          {askButton}
        </EmptyNotice>
      )}
      <Dialog opened={asking} onClose={() => setAsking(false)} title={t('ask')}>
        <AskForm
          onSent={(ticket) =>
            void navigate({
              to: '/i/$integrationId/support/$ticketId',
              params: { integrationId: id, ticketId: ticket.id },
            })
          }
          onCancel={() => setAsking(false)}
        />
      </Dialog>
    </Stack>
  )
}
