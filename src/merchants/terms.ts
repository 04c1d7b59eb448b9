import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/schema.ts'
import type { Language } from '../problems/problem.ts'
import { calendarDay } from '../world/calendar-day.ts'
import type { Clock } from '../world/clock.ts'
import { hashOf } from '../world/secret.ts'

const folder = path.resolve(import.meta.dirname, '../../docs/terms')

/** The text of one version in one language: `docs/terms/<version>.<language>.md`. */
export interface Terms {
  /** The day they apply from, YYYY-MM-DD. */
  version: string
  title: string
  sections: { title: string; paragraphs: string[] }[]
  /** SHA-256 of the file: proof of what was accepted. */
  hash: string
}

/** Headings and paragraphs are all the terms may have, so that every page can show them its own way. */
const parse = (version: string, text: string): Terms => {
  const [head = '', ...rest] = text.trim().split(/^## /m)
  const paragraphsOf = (body: string) =>
    body
      .split(/\n\s*\n/)
      .map((each) => each.replace(/\s+/g, ' ').trim())
      .filter((each) => each !== '')
  const [title = '', ...intro] = paragraphsOf(head)
  const sections = rest.map((part) => {
    const [line = '', ...body] = part.split('\n')
    return { title: line.trim(), paragraphs: paragraphsOf(body.join('\n')) }
  })
  return {
    version,
    title: title.replace(/^# /, ''),
    sections: intro.length === 0 ? sections : [{ title: '', paragraphs: intro }, ...sections],
    hash: hashOf(text).toString('hex'),
  }
}

/** Read once: they change with a release, never while running. */
const versions = readdirSync(folder)
  .flatMap((file) => /^(\d{4}-\d{2}-\d{2})\.nl\.md$/.exec(file)?.[1] ?? [])
  .toSorted()

const kept = new Map<string, Terms>()

/** One version. @throws when there is no such version */
export const termsOf = (version: string, language: Language): Terms => {
  if (!versions.includes(version)) throw new Error(`there are no terms of ${version}`)
  const file = `${version}.${language}.md`
  const known = kept.get(file)
  if (known !== undefined) return known
  const terms = parse(version, readFileSync(path.join(folder, file), 'utf8'))
  kept.set(file, terms)
  return terms
}

/** The version that applies now. */
export const currentVersion = (clock: Clock): string => {
  const today = calendarDay(clock.now())
  const applying = versions.filter((version) => version <= today).at(-1) ?? versions[0]
  if (applying === undefined) throw new Error('there are no terms')
  return applying
}

/** Every version there is, newest first, and whether it applies now. */
export const listTerms = (
  clock: Clock,
): { version: string; state: 'coming' | 'current' | 'past' }[] => {
  const current = currentVersion(clock)
  return versions.toReversed().map((version) => ({
    version,
    state: version === current ? 'current' : version > current ? 'coming' : 'past',
  }))
}

/** Records, once per version, that somebody accepted the terms for an integration. */
export const acceptTerms = async (
  { db, clock }: { db: Kysely<Tables>; clock: Clock },
  accepted: { integrationId: string; userId: string; version: string; language: Language },
): Promise<void> => {
  const { integrationId, userId, version, language } = accepted
  await db
    .insertInto('termsAcceptances')
    .values({
      integrationId,
      version,
      textHash: termsOf(version, language).hash,
      userId,
      acceptedAt: clock.now(),
    })
    .onConflict((conflict) => conflict.columns(['integrationId', 'version']).doNothing())
    .execute()
}

/** The latest version that was accepted for an integration; null when none was. */
export const acceptedTerms = async (
  db: Kysely<Tables>,
  integrationId: string,
): Promise<{ version: string; acceptedAt: Date } | null> =>
  (await db
    .selectFrom('termsAcceptances')
    .select(['version', 'acceptedAt'])
    .where('integrationId', '=', integrationId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()) ?? null
