import { Link } from '@tanstack/react-router'
import panel from '../parts/panel.module.css'
import type { Topic } from './help-queries.ts'
import styles from './help.module.css'

interface Props {
  topics: readonly Topic[]
  /** Within a panel already. */
  isInside?: boolean
}

/** Topics as links: what each is about, and in one sentence the answer. */
export const TopicList = ({ topics, isInside = false }: Props) => (
  <ul className={`${isInside ? '' : (panel['panel'] ?? '')} ${styles['topics'] ?? ''}`}>
    {topics.map(({ topic, title, summary }) => (
      <li key={topic}>
        <Link to="/help/$topic" params={{ topic }} className={styles['topic']}>
          <span className={styles['name']}>{title}</span>
          <span className={styles['summary']}>{summary}</span>
          {topic === topic.toUpperCase() && <code className={styles['code']}>{topic}</code>}
        </Link>
      </li>
    ))}
  </ul>
)
