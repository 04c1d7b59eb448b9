import { Button, Group, Stack } from '@mantine/core'
import { IconCircleCheck, IconSearchOff } from '@tabler/icons-react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { bookingsQuery } from '../api/queries.ts'
import { waitsForGoAhead, waitsForPerson } from '../booking/waits-for-person.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { useIntegration } from '../shell/integration.ts'
import { ForYou } from './for-you.tsx'
import { GoAhead } from './go-ahead.tsx'
import { GoesOn } from './goes-on.tsx'

const route = getRouteApi('/signed-in/i/$integrationId/open')

/** What is not booked yet: first what waits for a person, then what goes on by itself. */
export const OpenPage = () => {
  const { t } = useTranslation('open')
  const { id, name } = useIntegration()
  const { search = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(bookingsQuery(id, useLanguage(), 'open', { search }))
  const { data, error } = query
  const bookings = data?.pages.flatMap((page) => page.items) ?? []
  const forYou = bookings.filter(waitsForPerson)
  const toLookAt = bookings.filter(waitsForGoAhead)
  const goesOn = bookings.filter((booking) => !waitsForPerson(booking) && !waitsForGoAhead(booking))

  return (
    <Stack gap="lg">
      <PageHead title={t('title')} intro={t('intro')} of={name} />
      {(search !== '' || bookings.length > 0) && (
        <Group role="search">
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
        </Group>
      )}
      <QueryFailure query={query} />
      {query.isPending ? (
        <ListLoading rows={8} height={56} />
      ) : bookings.length > 0 ? (
        <Stack gap="xl" aria-busy={query.isPlaceholderData}>
          {toLookAt.length > 0 && <GoAhead bookings={toLookAt} />}
          {forYou.length > 0 && <ForYou bookings={forYou} />}
          {goesOn.length > 0 && <GoesOn bookings={goesOn} />}
          <LoadMore query={query} />
        </Stack>
      ) : error ? null : search !== '' ? (
        <EmptyNotice icon={IconSearchOff} title={t('noMatch.title')} text={t('noMatch.text')}>
          <Button variant="default" onClick={() => void navigate({ search: {} })}>
            {t('noMatch.clear')}
          </Button>
        </EmptyNotice>
      ) : (
        <EmptyNotice icon={IconCircleCheck} title={t('empty.title')} text={t('empty.text')} />
      )}
    </Stack>
  )
}
