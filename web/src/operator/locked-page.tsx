import { Button } from '@mantine/core'
import { IconLock } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyNotice } from '../parts/empty-notice.tsx'

/** For an operator whose session began with a password alone: nothing is shown before there is more. */
export const LockedPage = () => {
  const { t } = useTranslation('operator')
  return (
    <EmptyNotice order={1} icon={IconLock} title={t('locked.title')} text={t('locked.text')}>
      {/* A page of its own: the account may be another bundle than this one. */}
      <Button component="a" href="/account">
        {t('locked.setUp')}
      </Button>
    </EmptyNotice>
  )
}
