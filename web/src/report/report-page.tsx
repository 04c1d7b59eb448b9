import { Button, Group, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconDownload, IconReceipt, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { address } from '../api/client.ts'
import { bookingsQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { PeriodChoice } from '../parts/period-choice.tsx'
import { daysOf } from '../parts/period.ts'
import { narrowScreen } from '../parts/screen.ts'
import { QueryFailure } from '../parts/query-failure.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { useIntegration } from '../shell/integration.ts'
import { DaysFigure } from './days-figure.tsx'
import { ReportCards } from './report-cards.tsx'
import { ReportTable } from './report-table.tsx'

const route = getRouteApi('/signed-in/i/$integrationId/report')

/** What was passed on and when. */
export const ReportPage = () => {
  const { t } = useTranslation('report')
  const { id, name, webshop, accounting } = useIntegration()
  const language = useLanguage()
  const { search = '', booking: _selected, ...period } = route.useSearch()
  const navigate = route.useNavigate()
  const narrow = useMediaQuery(narrowScreen, false, { getInitialValueInEffect: false })
  const narrowing = { search, ...daysOf(period, new Date()) }
  const query = useInfiniteQuery(bookingsQuery(id, language, 'report', narrowing))
  const { data, error } = query
  const bookings = data?.pages.flatMap((page) => page.items) ?? []
  const isNarrowed = search !== '' || period.period !== undefined
  const csv = address(
    '/api/integrations/:integrationId/report.csv',
    { integrationId: id },
    narrowing,
  )
  const List = narrow ? ReportCards : ReportTable

  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro', { system: accounting.title })} of={name} />
      <DaysFigure />
      {(isNarrowed || bookings.length > 0) && (
        <Group gap="sm" role="search">
          <SearchField
            label={t('search')}
            value={search}
            onSearch={(text) =>
              void navigate({
                search: ({ search: _old, ...rest }) => ({ ...rest, ...(text && { search: text }) }),
                replace: true,
                resetScroll: false,
              })
            }
          />
          <PeriodChoice
            value={period}
            onChange={(chosen) =>
              void navigate({
                search: ({ search: kept, booking }) => ({
                  ...(kept && { search: kept }),
                  ...(booking && { booking }),
                  ...chosen,
                }),
                resetScroll: false,
              })
            }
          />
          {bookings.length > 0 && (
            <Button
              component="a"
              href={csv}
              download
              variant="default"
              ml="auto"
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {t('csv')}
            </Button>
          )}
        </Group>
      )}
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={10} />
      ) : bookings.length > 0 ? (
        <Stack gap="sm" aria-busy={query.isPlaceholderData}>
          <List bookings={bookings} />
          <LoadMore query={query} />
        </Stack>
      ) : error ? null : isNarrowed ? (
        <EmptyNotice icon={IconSearchOff} title={t('noMatch.title')} text={t('noMatch.text')}>
          <Button variant="default" onClick={() => void navigate({ search: {} })}>
            {t('noMatch.clear')}
          </Button>
        </EmptyNotice>
      ) : (
        <EmptyNotice
          icon={IconReceipt}
          title={t('empty.title')}
          text={t('empty.text', { shop: webshop.title, system: accounting.title })}
        />
      )}
    </Stack>
  )
}
