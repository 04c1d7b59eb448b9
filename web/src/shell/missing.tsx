import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { IconMapPinOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import styles from './frame.module.css'

/** For an address that leads nowhere. */
export const Missing = () => {
  const { t } = useTranslation('shell')
  return (
    <main id="content" className={styles['main']} tabIndex={-1}>
      <EmptyNotice
        order={1}
        icon={IconMapPinOff}
        title={t('missing.title')}
        text={t('missing.text')}
      >
        <Button variant="default" renderRoot={(props) => <Link to="/" {...props} />}>
          {t('missing.back')}
        </Button>
      </EmptyNotice>
    </main>
  )
}
