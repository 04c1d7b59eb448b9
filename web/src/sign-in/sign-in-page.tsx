import { Text, Title } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { LanguageChoice } from '../shell/language-choice.tsx'
import { Logo } from '../shell/logo.tsx'
import { SchemeChoice } from '../shell/scheme-choice.tsx'
import { PassagePicture } from './passage-picture.tsx'
import { SignInForm } from './sign-in-form.tsx'
import styles from './sign-in.module.css'

const route = getRouteApi('/sign-in')

/** The door: e-mail address and password, and back to where somebody was. */
export const SignInPage = () => {
  const { t } = useTranslation('signIn')
  const { back, expired } = route.useSearch()
  useDocumentTitle(`${t('title')} · Doorvoer`)
  return (
    <div className={styles['page']}>
      <header className={styles['side']}>
        <Logo />
        <div className={styles['pledge']}>
          <PassagePicture />
          <p>{t('pledge')}</p>
          <p>{t('pledgeMore')}</p>
        </div>
      </header>
      <main className={styles['main']}>
        <div className={styles['form']}>
          <Title order={1}>{t('title')}</Title>
          {expired && (
            <Text role="status" className={styles['expired'] ?? ''}>
              {t('expired')}
            </Text>
          )}
          <SignInForm back={back ?? '/'} />
        </div>
        <section className={styles['display']} aria-label={t('display')}>
          <LanguageChoice />
          <SchemeChoice />
        </section>
      </main>
    </div>
  )
}
