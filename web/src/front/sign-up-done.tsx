import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { MailedNotice } from '../sign-in/mailed-notice.tsx'
import styles from './front.module.css'

interface Props {
  email: string
  onBack: () => void
}

/** The mail is on its way. The same for an address that was known: only its mailbox learns more. */
export const SignUpDone = ({ email, onBack }: Props) => {
  const { t } = useTranslation('front')
  return (
    <div className={styles['narrow']}>
      <MailedNotice title={t('done.title')} text={t('done.text', { email })}>
        <p>{t('done.hint')}</p>
        <Button variant="default" mt="md" onClick={onBack}>
          {t('done.back')}
        </Button>
      </MailedNotice>
    </div>
  )
}
