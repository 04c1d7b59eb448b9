import { sql } from 'kysely'
import { listCauses } from '../../bookings/listing.ts'
import { inPages } from '../../database/in-pages.ts'
import { addDays, calendarDay, daysBetween, type Day } from '../../world/calendar-day.ts'
import { later } from '../../world/clock.ts'
import { audienceOf, type Audience } from '../audience.ts'
import type { NewsRoom } from './connection-mails.ts'
import { queueMail } from './queue-mail.ts'

const dayMs = 86_400_000
const causesMax = 20
const pageMax = 500

interface Subject {
  id: string
  merchantId: string
  name: string
  errors: number
  waiting: number
  /** Of the last day. */
  fresh: number
  booked: number
}

/** Integrations with something that waits for a person, a page at a time. */
const subjectsAfter = async (
  { db, clock }: NewsRoom,
  after: Subject | null,
): Promise<Subject[]> => {
  const since = later(clock.now(), -dayMs)
  const found = await sql<Subject>`
    select i.id, i.merchant_id, i.name,
      (select count(*) from bookings b where b.integration_id = i.id and b.state = 'refused') as errors,
      (select count(*) from bookings b where b.integration_id = i.id and b.state = 'parked') as waiting,
      (select count(*) from bookings b where b.integration_id = i.id
        and b.state in ('refused', 'parked') and b.changed_at > ${since}) as fresh,
      (select count(*) from bookings b where b.integration_id = i.id
        and b.state = 'booked' and b.booked_at > ${since}) as booked
    from integrations i
    where i.state = 'active' and (${after === null}::boolean or i.id > ${after?.id ?? null}::uuid)
    order by i.id limit ${pageMax}`.execute(db)
  return found.rows
}

/** 1 January 2024 was a Monday. */
const isMonday = (day: Day): boolean => daysBetween('2024-01-01', day) % 7 === 0

/**
 * Whether a digest goes out: when something is new, so that nobody reads the same list every morning, and on
 * Mondays for what is still left.
 */
export const isDue = (
  { errors, waiting, fresh }: Pick<Subject, 'errors' | 'waiting' | 'fresh'>,
  rhythm: Audience['digest'],
  today: Day,
): boolean => {
  if (rhythm === 'never' || errors + waiting === 0) return false
  return isMonday(today) || (rhythm === 'daily' && fresh > 0)
}

const write = async (room: NewsRoom, subject: Subject, today: Day): Promise<number> => {
  const { digest: rhythm, recipients } = await audienceOf(room.db, subject)
  if (!isDue(subject, rhythm, today)) return 0
  const base = `${room.publicUrl}/i/${subject.id}`
  const causes = await listCauses(room.db, subject.id, {})
  let written = 0
  for (const { email, language } of recipients) {
    const isNew = await queueMail(room.db, room, {
      kind: 'digest',
      to: email,
      language,
      integrationId: subject.id,
      onceKey: `digest:${subject.id}:${today}:${email}`,
      params: {
        integration: subject.name,
        day: today,
        causes: causes.slice(0, causesMax).map((cause) => ({
          ...cause,
          url: `${base}/errors?cause=${encodeURIComponent(cause.code)}`,
        })),
        waiting: subject.waiting,
        booked: subject.booked,
        openUrl: `${base}/open`,
        errorsUrl: `${base}/errors`,
      },
    })
    if (isNew) written += 1
  }
  return written
}

/** Writes today's digests, each once however often this runs. @returns how many mails were written */
export const writeDigests = async (
  room: NewsRoom,
  onFault: (error: unknown, integrationId: string) => void,
): Promise<number> => {
  const today = calendarDay(room.clock.now())
  let written = 0
  for await (const subject of inPages<Subject>(pageMax, (after) => subjectsAfter(room, after))) {
    if (subject.errors + subject.waiting === 0) continue
    written += await write(room, subject, today).catch((error: unknown) => {
      onFault(error, subject.id)
      return 0
    })
  }
  return written
}

/** How long it is kept whom a mail went to. */
const keptDays = 90

/** Forgets whom old mails went to; that they went out stays known. */
export const forgetRecipients = async ({ db, clock }: NewsRoom): Promise<void> => {
  const before = addDays(calendarDay(clock.now()), -keptDays)
  await db
    .updateTable('mails')
    .set({ toAddress: '' })
    .where('toAddress', '<>', '')
    .where('createdAt', '<', new Date(`${before}T00:00:00Z`))
    .where('state', '<>', 'waiting')
    .execute()
}
