import { useQueryClient } from '@tanstack/react-query'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { meQuery } from '../api/queries.ts'
import { languages, type Language } from '../i18n/language.ts'
import { LanguageChoice } from './language-choice.tsx'

/**
 * The language of somebody who is signed in: also told to the server, so that mails and other computers speak
 * it too. When that fails this computer keeps the choice all the same.
 */
export const KeptLanguageChoice = () => {
  const ask = useAsk()
  const queries = useQueryClient()
  const keep = (language: Language) => {
    void ask(() => call('PATCH /api/me', { body: { language } }))
    for (const each of languages) {
      queries.setQueryData(
        meQuery(each).queryKey,
        (known) => known && { ...known, user: { ...known.user, language } },
      )
    }
  }
  return <LanguageChoice onChange={keep} />
}
