import { getRouteApi } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Door } from './door.tsx'
import { SignInForm } from './sign-in-form.tsx'

const route = getRouteApi('/sign-in')

/** The door: password or passkey, the second factor, and back to where somebody was. */
export const SignInPage = () => {
  const { t } = useTranslation('signIn')
  const { back, expired, email } = route.useSearch()
  return (
    <Door title={t('title')} note={expired ? t('expired') : undefined}>
      <SignInForm back={back ?? '/'} email={email ?? ''} />
    </Door>
  )
}
