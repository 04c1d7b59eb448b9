import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageChoice } from '../shell/language-choice.tsx'
import { Logo } from '../shell/logo.tsx'
import { SchemeChoice } from '../shell/scheme-choice.tsx'
import styles from './public-frame.module.css'

interface Props {
  title: string
  children: ReactNode
}

/** Around the pages that anybody may see. */
export const PublicFrame = ({ title, children }: Props) => {
  const { t } = useTranslation('front')
  useDocumentTitle(`${title} · Doorvoer`)
  return (
    <div className={styles['page']}>
      <header className={styles['bar']}>
        <div className={styles['inner']}>
          <Link to="/" className={styles['home']} aria-label={t('home')}>
            <Logo />
          </Link>
          <Button
            variant="white"
            size="sm"
            renderRoot={(props) => <Link to="/sign-in" {...props} />}
          >
            {t('signIn')}
          </Button>
        </div>
      </header>
      <main id="content" className={styles['main']} tabIndex={-1}>
        {children}
      </main>
      <footer className={styles['foot']}>
        <div className={styles['footInner']}>
          <nav className={styles['links']} aria-label={t('more')}>
            <Link to="/help">{t('help')}</Link>
            <Link to="/terms">{t('terms')}</Link>
            <a href="/api/docs/">{t('api')}</a>
          </nav>
          <div className={styles['choices']}>
            <LanguageChoice />
            <SchemeChoice />
          </div>
        </div>
      </footer>
    </div>
  )
}
