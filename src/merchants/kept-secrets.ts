import type { Fields } from '../connectors/settings.ts'

type Values = Readonly<Record<string, unknown>>

const isEmpty = (value: unknown): boolean => value === undefined || value === ''

/**
 * Secrets that were left empty stay what they were; everything else is as it was filled in. But a secret is
 * only sent to where it was sent before: who fills in another address must know the secrets that go there, or
 * whoever may change a connection could have its keys brought to a server of their own. Pure.
 * @param filledIn the form, as it was sent
 * @param stored the credentials as they are
 * @returns null when the form names another address and leaves a secret out
 */
export const withKeptSecrets = (
  fields: Fields,
  filledIn: Values,
  stored: Values,
): Record<string, unknown> | null => {
  const kept = Object.entries(fields).filter(
    ([name, { kind }]) => kind === 'secret' && isEmpty(filledIn[name]) && !isEmpty(stored[name]),
  )
  const goesElsewhere = Object.entries(fields).some(
    ([name, { kind }]) =>
      kind === 'url' && !isEmpty(filledIn[name]) && filledIn[name] !== stored[name],
  )
  if (goesElsewhere && kept.length > 0) return null
  return { ...filledIn, ...Object.fromEntries(kept.map(([name]) => [name, stored[name]])) }
}
