import { useTranslation } from 'react-i18next'
import styles from './code-mark.module.css'

interface Props {
  code: string
  /** The path of the page that explains it; '' or absent when there is none. */
  help?: string
}

/** The code of a problem, for who looks it up or mentions it to support, with a way to its page of help. */
export const CodeMark = ({ code, help = '' }: Props) => {
  const { t } = useTranslation('help')
  const { t: say } = useTranslation('parts')
  return (
    <span className={styles['mark']}>
      <code className={styles['code']} title={say('code', { code })}>
        {code}
      </code>
      {help !== '' && (
        // A new tab, so that nothing that was typed or opened here is lost.
        <a href={help} target="_blank" rel="noreferrer" aria-label={t('explainCode', { code })}>
          {t('explain')}
        </a>
      )}
    </span>
  )
}
