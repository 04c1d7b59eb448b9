import { Anchor, Skeleton, Stack, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconArrowLeft, IconFileUnknown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api/failure.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { topicQuery, type TopicPage as Page } from './help-queries.ts'
import styles from './help.module.css'
import { TopicList } from './topic-list.tsx'

const route = getRouteApi('/help/$topic')

/** One page of help: what a message means and what to do, or the answer to a question. */
export const TopicPage = () => {
  const { t } = useTranslation('help')
  const { topic } = route.useParams()
  const query = useQuery(topicQuery(topic, useLanguage()))
  const { data, error } = query
  const isMissing = error instanceof Failure && error.status === 404
  useDocumentTitle(`${data?.is === 'article' ? data.title : topic} · ${t('title')} · Doorvoer`)
  return (
    <Stack gap="xl">
      <Anchor
        renderRoot={(props) => <Link to="/help" search={{}} {...props} />}
        className={styles['back'] ?? ''}
      >
        <IconArrowLeft size={18} aria-hidden /> {t('all')}
      </Anchor>
      {isMissing ? (
        <EmptyNotice
          order={1}
          icon={IconFileUnknown}
          title={t('missing.title')}
          text={t('missing.text')}
        />
      ) : data ? (
        <Content page={data} />
      ) : error ? (
        <QueryFailure query={query} />
      ) : (
        <Stack gap="md" role="status" aria-label={t('loading')}>
          <Skeleton h={36} w="60%" />
          <Skeleton h={180} />
        </Stack>
      )}
    </Stack>
  )
}

const Content = ({ page }: { page: Page }) => {
  const { t } = useTranslation('help')
  return (
    <article className={styles['article']}>
      {page.is === 'problem' ? <Problem page={page} /> : <Answer page={page} />}
      {page.related.length > 0 && (
        <section aria-labelledby="related">
          <Title order={2} id="related" mb="sm">
            {t(page.is === 'problem' ? 'readMore' : 'messagesAbout')}
          </Title>
          <TopicList topics={page.related} />
        </section>
      )}
    </article>
  )
}

const Problem = ({ page }: { page: Extract<Page, { is: 'problem' }> }) => {
  const { t } = useTranslation('help')
  return (
    <div>
      <code className={styles['code']}>{page.topic}</code>
      <Title order={1} mt={4}>
        {page.text}
      </Title>
      <p className={styles['example']}>{t('example')}</p>
      <Title order={2}>{t('cause')}</Title>
      <p>{page.cause}</p>
      <Title order={2}>{t('remedy')}</Title>
      <p>{page.remedy}</p>
    </div>
  )
}

const Answer = ({ page }: { page: Extract<Page, { is: 'article' }> }) => (
  <div>
    <Title order={1}>{page.title}</Title>
    <p className={styles['lead']}>{page.summary}</p>
    {page.body.map(({ text, items }, index) =>
      text === null ? (
        <ul key={index} className={styles['points']}>
          {items.map((item) => (
            <li key={item}>{item}</li>
          ))}
        </ul>
      ) : (
        <p key={index}>{text}</p>
      ),
    )}
  </div>
)
