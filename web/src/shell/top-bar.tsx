import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Integration, Me } from '../api/queries.ts'
import { AccountMenu } from './account-menu.tsx'
import { IntegrationPicker } from './integration-picker.tsx'
import { Logo } from './logo.tsx'
import styles from './top-bar.module.css'

interface Props {
  me: Me
  current: Integration | undefined
  onPicking: (picking: boolean) => void
}

/** The band at the top of every page: whose house this is, which integration, and who looks. */
export const TopBar = ({ me, current, onPicking }: Props) => {
  const { t } = useTranslation('shell')
  return (
    <header className={styles['bar']}>
      <div className={styles['inner']}>
        <Link to="/" className={styles['home']} aria-label={t('brand')}>
          <Logo />
        </Link>
        <div className={styles['picker']}>
          {current && (
            <IntegrationPicker
              integrations={me.integrations}
              current={current}
              onPicking={onPicking}
            />
          )}
        </div>
        <AccountMenu user={me.user} />
      </div>
    </header>
  )
}
