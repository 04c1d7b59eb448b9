import { useSuspenseQuery } from '@tanstack/react-query'
import i18next from 'i18next'
import { useLanguage, type Language } from '../i18n/language.ts'
import type Dutch from '../i18n/nl/operator.json'

type Words = typeof Dutch

/** The console's words come with the console: no merchant fetches them. */
const files: Record<Language, () => Promise<{ default: Words }>> = {
  nl: () => import('../i18n/nl/operator.json'),
  en: () => import('../i18n/en/operator.json'),
}

/** Makes the console's words of the present language ready; suspends until they are. */
export const useOperatorWords = (): void => {
  const language = useLanguage()
  useSuspenseQuery({
    queryKey: ['words', 'operator', language],
    queryFn: async () => {
      const { default: words } = await files[language]()
      i18next.addResourceBundle(language, 'operator', words)
      return language
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  })
}
