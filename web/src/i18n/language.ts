import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

/** The languages there are words for. Another one is a folder here and a line in `words`. */
export const languages = ['nl', 'en'] as const
export type Language = (typeof languages)[number]

export const isLanguage = (text: unknown): text is Language =>
  languages.some((language) => language === text)

const storageKey = 'doorvoer-language'

/** Each language is a file of its own, so that nobody fetches words that are not read. */
const words = {
  nl: () => import('./nl/words.ts'),
  en: () => import('./en/words.ts'),
}

/** What was chosen on this computer; else what the browser asks for; else Dutch. */
export const initialLanguage = (): Language => {
  const wanted = [stored(), ...navigator.languages.map((tag) => tag.slice(0, 2))]
  return wanted.find(isLanguage) ?? 'nl'
}

const stored = (): string | null => {
  try {
    return localStorage.getItem(storageKey)
  } catch {
    return null
  }
}

/** Shows everything in `language` from now on, and remembers it on this computer. */
export const speak = async (language: Language): Promise<void> => {
  if (!i18next.hasResourceBundle(language, 'shell')) {
    const { default: bundles } = await words[language]()
    for (const [room, bundle] of Object.entries(bundles)) {
      i18next.addResourceBundle(language, room, bundle)
    }
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
  try {
    localStorage.setItem(storageKey, language)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

/** The language of this moment; a component that uses it follows a change. */
export const useLanguage = (): Language => {
  const { i18n } = useTranslation()
  return isLanguage(i18n.language) ? i18n.language : 'nl'
}
