import { Button, Stack, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconSearchOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { foundTopics } from './found-topics.ts'
import { helpQuery } from './help-queries.ts'
import styles from './help.module.css'
import { TopicGroup } from './topic-group.tsx'

const route = getRouteApi('/help/')

/** Everything there is help about: questions first, then what every message means. */
export const HelpPage = () => {
  const { t } = useTranslation('help')
  const { search = '' } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useQuery(helpQuery(useLanguage()))
  const { data, error } = query
  useDocumentTitle(`${t('title')} · Doorvoer`)
  const seek = (text: string) =>
    void navigate({
      search: text === '' ? {} : { search: text },
      replace: true,
      resetScroll: false,
    })
  const found = foundTopics(data?.topics ?? [], search)
  const groups = (data?.groups ?? [])
    .map((group) => ({ ...group, topics: found.filter((topic) => topic.group === group.id) }))
    .filter(({ topics }) => topics.length > 0)

  return (
    <Stack gap="xl">
      <header>
        <Title order={1}>{t('heading')}</Title>
        <p className={styles['intro']}>{t('intro')}</p>
        <div role="search" className={styles['search']}>
          <SearchField label={t('search')} value={search} onSearch={seek} />
          <span role="status" className={styles['count']}>
            {search !== '' && data && t('found', { count: found.length })}
          </span>
        </div>
      </header>
      <QueryFailure query={query} />
      {data === undefined ? (
        error === null && <ListLoading rows={8} height={64} />
      ) : groups.length === 0 ? (
        <EmptyNotice icon={IconSearchOff} title={t('none.title')} text={t('none.text')}>
          <Button variant="default" onClick={() => seek('')}>
            {t('none.clear')}
          </Button>
        </EmptyNotice>
      ) : (
        groups.map((group) => <TopicGroup key={group.id} {...group} isFiltered={search !== ''} />)
      )}
    </Stack>
  )
}
