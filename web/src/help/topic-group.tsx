import { Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import panel from '../parts/panel.module.css'
import type { Topic } from './help-queries.ts'
import styles from './help.module.css'
import { TopicList } from './topic-list.tsx'

interface Props {
  id: string
  title: string
  topics: readonly Topic[]
  /** Somebody searches: then everything found is in sight. */
  isFiltered: boolean
}

/** Topics under one head. Messages are many and looked up by search, so they are folded away. */
export const TopicGroup = ({ id, title, topics, isFiltered }: Props) => {
  const { t } = useTranslation('help')
  const isMessages = topics.some(({ topic }) => topic === topic.toUpperCase())
  if (!isMessages || isFiltered) {
    return (
      <section aria-labelledby={id}>
        <Title order={2} id={id} mb="sm">
          {title}
        </Title>
        <TopicList topics={topics} />
      </section>
    )
  }
  return (
    <details className={`${panel['panel'] ?? ''} ${styles['folded'] ?? ''}`}>
      <summary>
        <Title order={2} id={id}>
          {title}
        </Title>
        <span className={styles['count']}>{t('messages', { count: topics.length })}</span>
      </summary>
      <TopicList topics={topics} isInside />
    </details>
  )
}
