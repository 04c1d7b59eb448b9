import { type Books } from './books.ts'
import { languages, listCountries } from './countries.ts'
import { Refusal } from './refusal.ts'
import { jsonReply, type Reply } from './reply.ts'
import { toJson } from './wire.ts'

/** GET /taxes: real numbers and booleans (contract 1.1); the form of `country` is a guess. */
export function answerTaxes({ account }: Books): Reply {
  return jsonReply(toJson(account.taxes.map((tax) => ({ ...tax, country: String(tax.country) }))))
}

/** GET /profiles: the layouts, all text (contract 4); `default` could also be "1". */
export function answerProfiles({ account }: Books): Reply {
  const profiles = account.profiles.map((profile) => ({
    id: String(profile.id),
    name: profile.name,
    default: String(profile.default),
  }))
  return jsonReply(toJson(profiles))
}

/** GET /categories (contract 4). */
export function answerCategories({ account }: Books): Reply {
  return jsonReply(toJson(account.categories))
}

/** GET /countrylist/{language} (contract 4). */
export function answerCountries(language: string): Reply {
  const known = languages.find((candidate) => candidate === language)
  if (known === undefined) throw new Refusal('language not found', 404)
  return jsonReply(toJson(listCountries(known)))
}
