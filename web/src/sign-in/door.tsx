import { Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LanguageChoice } from '../shell/language-choice.tsx'
import { Logo } from '../shell/logo.tsx'
import { SchemeChoice } from '../shell/scheme-choice.tsx'
import { PassagePicture } from './passage-picture.tsx'
import styles from './sign-in.module.css'

interface Props {
  title: string
  intro?: string | undefined
  /** Something to be known first, e.g. that the session has expired. */
  note?: string | undefined
  children: ReactNode
}

/** Around every page at the door: who we are at the left, one thing to do at the right. */
export const Door = ({ title, intro, note, children }: Props) => {
  const { t } = useTranslation('signIn')
  useDocumentTitle(`${title} · Doorvoer`)
  return (
    <div className={styles['page']}>
      <header className={styles['side']}>
        <Link to="/" className={styles['home']} aria-label={t('home')}>
          <Logo />
        </Link>
        <div className={styles['pledge']}>
          <PassagePicture />
          <p>{t('pledge')}</p>
          <p>{t('pledgeMore')}</p>
        </div>
      </header>
      <main className={styles['main']}>
        <div className={styles['form']}>
          <Title order={1}>{title}</Title>
          {intro && <p className={styles['intro']}>{intro}</p>}
          {note && (
            <Text role="status" className={styles['expired'] ?? ''}>
              {note}
            </Text>
          )}
          {children}
        </div>
        <section className={styles['display']} aria-label={t('display')}>
          <LanguageChoice />
          <SchemeChoice />
        </section>
      </main>
    </div>
  )
}
