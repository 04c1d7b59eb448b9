import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../parts/copy-button.tsx'
import styles from './account.module.css'

interface Props {
  codes: readonly string[]
}

/** Codes for when the phone is gone; each works once. */
export const BackupCodes = ({ codes }: Props) => {
  const { t } = useTranslation('account')
  return (
    <div>
      <Text fw={600}>{t('totp.codesTitle')}</Text>
      <Text size="sm" c="dimmed">
        {t('totp.codesText')}
      </Text>
      <ul className={styles['codes']}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton text={codes.join('\n')} />
    </div>
  )
}
