import type { Rows, Tabled } from './tables.ts'
import { found, wrote, type Result, type Statement } from './statement.ts'

type Mailbox = Rows['mailboxes']

const isFree = ({ leaseUntil }: Mailbox, now: Date, tooFar: Date): boolean =>
  leaseUntil === null || leaseUntil <= now || leaseUntil > tooFar

/** Changes one mailbox where `isMeant`. */
const change = (
  db: Tabled,
  integrationId: string,
  isMeant: (mailbox: Mailbox) => boolean,
  to: (mailbox: Mailbox) => Partial<Mailbox>,
): Result => {
  const mailboxes = db.table('mailboxes')
  const mailbox = mailboxes.get(integrationId)
  if (mailbox === undefined || !isMeant(mailbox)) return wrote(0)
  const after = { ...mailbox, ...to(mailbox) }
  mailboxes.put(after)
  return wrote(1, [{ fence: after.fence, failures: after.failures }])
}

const withFence =
  (fence: number) =>
  (mailbox: Mailbox): boolean =>
    mailbox.fence === fence

export const mustRing = (db: Tabled, integrationId: string): boolean | null => {
  const mailbox = db.table('mailboxes').get(integrationId)
  if (mailbox === undefined) return null
  if (mailbox.bell) return false
  db.table('mailboxes').put({ ...mailbox, bell: true })
  return true
}

export const mailboxStatements: readonly Statement[] = [
  {
    name: 'take a lease',
    like: ['update mailboxes set bell = false, holder ='],
    run(db, params) {
      const [holder, until, id, now, tooFar] = params as [string, Date, string, Date, Date]
      return change(
        db,
        id,
        (mailbox) =>
          isFree(mailbox, now, tooFar) && !(mailbox.restUntil !== null && mailbox.restUntil > now),
        ({ fence }) => ({ bell: false, holder, leaseUntil: until, fence: fence + 1 }),
      )
    },
  },
  {
    name: 'ring for the holder',
    like: ['update mailboxes set bell = true where integration_id = $1 and not (lease_until'],
    run(db, params) {
      const [id, now, tooFar] = params as [string, Date, Date]
      return change(
        db,
        id,
        (mailbox) => !isFree(mailbox, now, tooFar),
        () => ({ bell: true }),
      )
    },
  },
  {
    name: 'does it rest',
    like: ['select "fence" from "mailboxes"', 'rest_until'],
    run(db, params) {
      const [id, now] = params as [string, Date]
      const mailbox = db.table('mailboxes').get(id)
      const rests = mailbox !== undefined && mailbox.restUntil !== null && mailbox.restUntil > now
      return found(rests ? [{ fence: mailbox.fence }] : [])
    },
  },
  {
    name: 'beat',
    like: ['update mailboxes set lease_until = $1', 'holder is not null'],
    run(db, params) {
      const [until, id, fence] = params as [Date, string, number]
      return change(
        db,
        id,
        (mailbox) => mailbox.fence === fence && mailbox.holder !== null,
        () => ({ leaseUntil: until }),
      )
    },
  },
  {
    name: 'give back',
    like: ['update mailboxes set holder = null, lease_until = null, bell = false'],
    run(db, params) {
      const [id, fence, onlyWhenSilent] = params as [string, number, boolean]
      return change(
        db,
        id,
        (mailbox) => mailbox.fence === fence && (!mailbox.bell || !onlyWhenSilent),
        () => ({ holder: null, leaseUntil: null, bell: false }),
      )
    },
  },
  {
    name: 'answer the bell',
    like: ['update mailboxes set bell = false where integration_id'],
    run(db, params) {
      const [id, fence] = params as [string, number]
      return change(db, id, withFence(fence), () => ({ bell: false }))
    },
  },
  {
    name: 'note a rest',
    like: ['update mailboxes set failures ='],
    run(db, params) {
      const [failures, restUntil, id, fence] = params as [number, Date | null, string, number]
      return change(db, id, withFence(fence), () => ({ failures, restUntil }))
    },
  },
  {
    name: 'is the lease held',
    like: ['select 1 from mailboxes where integration_id'],
    run(db, params) {
      const [id, fence] = params as [string, number]
      return found(db.table('mailboxes').get(id)?.fence === fence ? [{}] : [])
    },
  },
  {
    name: 'forgotten mailboxes',
    like: ['select m.integration_id from mailboxes m join integrations'],
    run(db, params) {
      const [now, tooFar, , , limit] = params as [Date, Date, Date, Date, number]
      const ids: { integrationId: string }[] = []
      for (const mailbox of db.table('mailboxes').all()) {
        const { integrationId, restUntil } = mailbox
        if (db.table('integrations').get(integrationId)?.state !== 'active') continue
        if (!isFree(mailbox, now, tooFar) || (restUntil !== null && restUntil > now)) continue
        if (
          db
            .table('connections')
            .of(integrationId)
            .some(({ dot }) => dot === 'red')
        )
          continue
        const isDue = db
          .table('bookings')
          .of(integrationId)
          .some(({ dueAt }) => dueAt !== null && dueAt <= now)
        if (isDue && ids.length < limit) ids.push({ integrationId })
      }
      return found(ids)
    },
  },
  {
    name: 'ring a forgotten one',
    like: ['update "mailboxes" set "bell" = $1 where "integration_id" = $2'],
    run(db, params) {
      const [bell, id] = params as [boolean, string]
      return change(
        db,
        id,
        () => true,
        () => ({ bell }),
      )
    },
  },
  {
    name: 'must it ring',
    like: ['select must_ring($1) as must'],
    run: (db, params) => found([{ must: mustRing(db, params[0] as string) }]),
  },
]
