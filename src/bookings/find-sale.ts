import { sql } from 'kysely'
import type { SaleMention } from '../connectors/webshop.ts'
import type { SaleRef } from '../sale/sale.ts'
import { calendarDay } from '../world/calendar-day.ts'
import { refOf } from './booking.ts'
import type { Ends } from './desk.ts'
import type { Engine } from './engine.ts'

/** How far back the shop is searched, a stretch at a time: nearly always the first one has it. */
const stretches = [
  { fromDaysAgo: 7, untilDaysAgo: 0 },
  { fromDaysAgo: 31, untilDaysAgo: 8 },
  { fromDaysAgo: 92, untilDaysAgo: 32 },
  { fromDaysAgo: 366, untilDaysAgo: 93 },
] as const

/** Pages of the shop's lists read in one search; a larger shop is searched less far back. */
const pagesMax = 40
const dayMs = 86_400_000

/** The stretches of a search as the shop lists them, newest stretch first, until enough was read. */
async function* mentionsOf(engine: Engine, ends: Ends): AsyncGenerator<readonly SaleMention[]> {
  const { connector, session } = ends.webshop
  const nowMs = engine.clock.now().getTime()
  const daysAgo = (days: number) => calendarDay(new Date(nowMs - days * dayMs))
  let pages = 0
  for (const { fromDaysAgo, untilDaysAgo } of stretches) {
    const period = { from: daysAgo(fromDaysAgo), until: daysAgo(untilDaysAgo) }
    const mentions: SaleMention[] = []
    for await (const page of connector.history(session, period, null)) {
      mentions.push(...page.mentions)
      pages += 1
      if (pages >= pagesMax) break
    }
    yield mentions
    if (pages >= pagesMax) return
  }
}

const byNewest = (one: SaleMention, other: SaleMention): number =>
  other.date.localeCompare(one.date) ||
  other.number.localeCompare(one.number, 'en', { numeric: true })

/** The shop's latest sales, newest first, as its own lists have them. @throws Trouble of the webshop */
export const latestSales = async (
  engine: Engine,
  ends: Ends,
  max: number,
): Promise<SaleMention[]> => {
  const found: SaleMention[] = []
  for await (const mentions of mentionsOf(engine, ends)) {
    found.push(...mentions)
    if (found.length >= max) break
  }
  return found.sort(byNewest).slice(0, max)
}

const bare = (number: string): string => number.trim().toLowerCase()
const digits = (number: string): string => /\d+$/.exec(number.trim())?.[0] ?? ''

/** "W-1042" is meant by itself, and by "1042" where nothing is called just that. */
const bestOf = (mentions: readonly SaleMention[], wanted: string): SaleMention | undefined => {
  const sorted = mentions.toSorted(
    (one, other) => Number(one.ref.kind === 'credit') - Number(other.ref.kind === 'credit'),
  )
  return (
    sorted.find(({ number }) => bare(number) === bare(wanted)) ??
    (/^\d+$/.test(wanted.trim())
      ? sorted.find(({ number }) => digits(number) === wanted.trim())
      : undefined)
  )
}

/** The sale that people know by this number: among those Doorvoer has heard of, else in the shop's lists. */
export const findSale = async (
  engine: Engine,
  integrationId: string,
  ends: Ends,
  wanted: string,
): Promise<SaleRef | null> => {
  const known = await engine.db
    .selectFrom('bookings')
    .select(['kind', 'shopId'])
    .where('integrationId', '=', integrationId)
    .where(sql<boolean>`lower(number) = ${bare(wanted)}`)
    .orderBy(sql`kind = 'credit'`)
    .orderBy('seenAt', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (known !== undefined) return refOf(known)
  for await (const mentions of mentionsOf(engine, ends)) {
    const found = bestOf(mentions, wanted)
    if (found !== undefined) return found.ref
  }
  return null
}
