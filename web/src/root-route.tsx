import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext, redirect } from '@tanstack/react-router'
import i18next from 'i18next'
import { Failure } from './api/failure.ts'
import { meQuery, type Me } from './api/queries.ts'
import { isLanguage, speak } from './i18n/language.ts'
import { Missing } from './shell/missing.tsx'
import { PageFailure } from './shell/room-failure.tsx'

interface Context {
  queries: QueryClient
}

/** The beginning of every address. */
export const root = createRootRouteWithContext<Context>()({
  notFoundComponent: Missing,
  errorComponent: PageFailure,
})

/** Asks who is there, sends strangers to the door, and speaks the language of who came in. */
export const greet = async (
  { queries }: Context,
  location: { href: string },
  cause: string,
): Promise<{ me: Me }> => {
  const language = isLanguage(i18next.language) ? i18next.language : 'nl'
  const me = await queries
    .query({ ...meQuery(language), staleTime: 'static' })
    .catch((error: unknown) => {
      if (error instanceof Failure && error.status === 401) {
        const search = location.href === '/' ? {} : { back: location.href }
        redirect({ to: '/sign-in', search, throw: true })
      }
      throw error
    })
  if (cause === 'enter' && me.user.language !== language) await speak(me.user.language)
  return { me }
}
