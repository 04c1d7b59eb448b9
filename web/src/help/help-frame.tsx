import { Link, Outlet } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LanguageChoice } from '../shell/language-choice.tsx'
import { Logo } from '../shell/logo.tsx'
import styles from './help-frame.module.css'

/** Around every page of help. Anybody may read it, so it asks nothing about who looks. */
export const HelpFrame = () => {
  const { t } = useTranslation('help')
  return (
    <>
      <header className={styles['bar']}>
        <div className={styles['inner']}>
          <Link to="/" className={styles['home']} aria-label={t('home')}>
            <Logo />
          </Link>
          <Link to="/help" search={{}} className={styles['title']}>
            {t('title')}
          </Link>
          <div className={styles['language']}>
            <LanguageChoice />
          </div>
        </div>
      </header>
      <main id="content" className={styles['main']} tabIndex={-1}>
        <Outlet />
      </main>
    </>
  )
}
