import { Button } from '@mantine/core'
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { asFailure } from '../api/failure.ts'
import { CodeMark } from './code-mark.tsx'
import styles from './failure-notice.module.css'

interface Props {
  error: unknown
  onRetry?: () => void
  retrying?: boolean
}

/** Something could not be shown: what, why, what to do, the code, and a way to try again. */
export const FailureNotice = ({ error, onRetry, retrying = false }: Props) => {
  const { t } = useTranslation('parts')
  const failure = asFailure(error)
  return (
    <div className={styles['notice']} role="alert">
      <IconAlertTriangle size={22} className={styles['icon']} aria-hidden />
      <div>
        <p className={styles['text']}>{failure.text}</p>
        <p className={styles['more']}>
          {failure.cause} {failure.remedy}
        </p>
        <div className={styles['foot']}>
          {onRetry && (
            <Button
              size="xs"
              variant="default"
              loading={retrying}
              leftSection={<IconRefresh size={16} aria-hidden />}
              onClick={onRetry}
            >
              {t('retry')}
            </Button>
          )}
          {failure.code !== '' && <CodeMark code={failure.code} help={failure.help} />}
        </div>
      </div>
    </div>
  )
}
