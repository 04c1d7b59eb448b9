import { useTranslation } from 'react-i18next'
import styles from './code-mark.module.css'

interface Props {
  code: string
}

/** The code of a problem, for who looks it up or mentions it to support. */
export const CodeMark = ({ code }: Props) => {
  const { t } = useTranslation('parts')
  return (
    <code className={styles['code']} title={t('code', { code })}>
      {code}
    </code>
  )
}
