import { useTranslation } from 'react-i18next'
import { Moment } from '../parts/moment.tsx'
import styles from './message-list.module.css'
import type { Message } from './support-queries.ts'

interface Props {
  messages: readonly Message[]
  /** Whose words stand at the right: those of who looks. */
  own: Message['author']
}

/** A conversation, oldest first. Text is shown as it was typed and never as markup. */
export const MessageList = ({ messages, own }: Props) => {
  const { t } = useTranslation('support')
  return (
    <ol className={styles['messages']} aria-label={t('thread')}>
      {messages.map((message) => (
        <li key={message.id} className={styles['message']} data-own={message.author === own}>
          <p className={styles['head']}>
            <span className={styles['name']}>{message.name || t(`author.${message.author}`)}</span>
            {message.author === 'operator' && own === 'merchant' && <span>{t('support')}</span>}
            <Moment at={message.at} />
          </p>
          <p className={styles['text']}>{message.text}</p>
        </li>
      ))}
    </ol>
  )
}
