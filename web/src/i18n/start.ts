import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import { initialLanguage, speak } from './language.ts'

/** Makes the words ready before the first screen is drawn. */
export const startWords = async (): Promise<void> => {
  await i18next.use(initReactI18next).init({
    lng: 'cimode',
    fallbackLng: false,
    ns: [],
    defaultNS: 'shell',
    resources: {},
    returnNull: false,
    // React escapes what it shows; escaping twice would show &amp; to people.
    interpolation: { escapeValue: false },
  })
  await speak(initialLanguage())
}
