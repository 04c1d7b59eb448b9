import { sql, type Kysely, type Selectable } from 'kysely'
import type { MailTable, Tables } from '../../database/schema.ts'
import { places, type Vault } from '../../merchants/vault.ts'
import { later, type Clock } from '../../world/clock.ts'
import { withJitter, type Random } from '../../world/random.ts'
import type { MailKind } from './mail-kind.ts'
import { mailKinds } from './mail-kinds.ts'
import type { MailAttachment, MailOutcome, MailTransport } from './mail-transport.ts'
import { renderMail } from './render-mail.ts'
import { isUnwanted, unsubscribeUrl } from './unsubscribe.ts'

/** Everything the mail room needs from outside. */
export interface MailRoom {
  db: Kysely<Tables>
  vault: Vault
  clock: Clock
  random: Random
  transport: MailTransport
  /** Who mails come from, as an address with or without a name. */
  from: string
  publicUrl: string
  /** Fetches what a mail has with it: the PDF of an invoice. */
  attach(invoiceId: string): Promise<MailAttachment>
  onFault(error: unknown, mailId: string): void
}

type Mail = Selectable<MailTable>

const minute = 60_000
const hour = 60 * minute

/**
 * When a mail is tried again: seven times on the first day, then every four hours, each ± 25 %, for a week
 * together. Longer than any mail server is away.
 */
const retriesMs: readonly number[] = [
  minute,
  5 * minute,
  15 * minute,
  30 * minute,
  hour,
  2 * hour,
  ...Array.from({ length: 40 }, () => 4 * hour),
]

/** How long whoever took a mail may need for it; then somebody else takes it, as after a crash. */
const takenMs = 10 * minute
/** Mails in one pass. */
const passMax = 50

const take = async ({ db, clock }: MailRoom): Promise<Mail | undefined> => {
  const now = clock.now()
  const taken = await sql<Mail>`
    update mails set attempts = attempts + 1, due_at = ${later(now, takenMs)}
    where id = (select id from mails where state = 'waiting' and due_at <= ${now}
      order by due_at limit 1 for update skip locked)
    returning *`.execute(db)
  return taken.rows[0]
}

/** Only whoever took the mail may say what became of it: a sender that was overtaken says nothing. */
const note = async (
  { db }: MailRoom,
  mail: Mail,
  change: Partial<Pick<Mail, 'state' | 'dueAt' | 'trouble' | 'sentAt' | 'sealed'>>,
): Promise<void> => {
  await db
    .updateTable('mails')
    .set(change)
    .where('id', '=', mail.id)
    .where('attempts', '=', mail.attempts)
    .where('state', '=', 'waiting')
    .execute()
}

const noteOutcome = async (room: MailRoom, mail: Mail, outcome: MailOutcome): Promise<void> => {
  const now = room.clock.now()
  if (outcome.is === 'sent') {
    await note(room, mail, {
      state: 'sent',
      sentAt: now,
      dueAt: null,
      trouble: null,
      sealed: null,
    })
    return
  }
  const backoffMs = outcome.is === 'refused' ? undefined : retriesMs[mail.attempts - 1]
  if (backoffMs === undefined) {
    await note(room, mail, { state: 'refused', dueAt: null, trouble: outcome.said, sealed: null })
    return
  }
  await note(room, mail, {
    dueAt: later(now, withJitter(backoffMs, room.random)),
    trouble: outcome.said,
  })
}

/** The kind of a stored mail; an older version may have written one that is no more. */
const kindOf = (name: string): MailKind | null =>
  Object.hasOwn(mailKinds, name) ? (mailKinds[name as keyof typeof mailKinds] as MailKind) : null

const domainOf = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'doorvoer.invalid'

const write = async (room: MailRoom, mail: Mail, kind: MailKind) => {
  const params = kind.params.parse(
    JSON.parse(room.vault.open(mail.sealed ?? '', places.mail(mail.id))),
  )
  const text = kind.write(params, mail.language)
  const leave = kind.essential
    ? null
    : unsubscribeUrl(room.publicUrl, room.vault, {
        address: mail.toAddress,
        kind: mail.kind,
        integrationId: mail.integrationId,
      })
  const invoiceId = kind.invoice?.(params) ?? null
  return {
    messageId: `<${mail.id}@${domainOf(room.from)}>`,
    from: room.from,
    to: mail.toAddress,
    ...renderMail(text, mail.language, leave),
    headers: {
      'auto-submitted': 'auto-generated',
      ...(leave !== null && {
        'list-unsubscribe': `<${leave}>`,
        'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      }),
    },
    attachments: invoiceId === null ? [] : [await room.attach(invoiceId)],
  }
}

/** One mail, from the outbox to the server. @returns what became of it; null when it was not to be sent */
const sendOne = async (room: MailRoom, mail: Mail): Promise<MailOutcome | null> => {
  const kind = kindOf(mail.kind)
  if (kind === null) return { is: 'later', said: 'this version knows no such mail' }
  const unwanted = {
    address: mail.toAddress,
    kind: mail.kind,
    integrationId: mail.integrationId,
  }
  if (!kind.essential && (await isUnwanted(room.db, unwanted))) {
    await note(room, mail, { state: 'unwanted', dueAt: null, sealed: null })
    return null
  }
  try {
    return await room.transport.send(await write(room, mail, kind))
  } catch (error) {
    // A bug of one mail must not stop the ones behind it.
    room.onFault(error, mail.id)
    return { is: 'later', said: 'it could not be written' }
  }
}

/**
 * Sends what is due, oldest first. A mail is taken before it is sent and noted afterwards, so that it goes out
 * once however many senders there are; a sender that dies in between leaves a second copy with the same
 * Message-ID. When the server can't be talked to, the pass ends: the others need not find out one by one.
 * @returns how many went out
 */
export const sendMails = async (room: MailRoom): Promise<number> => {
  let sent = 0
  for (let count = 0; count < passMax; count += 1) {
    const mail = await take(room)
    if (mail === undefined) return sent
    const outcome = await sendOne(room, mail)
    if (outcome === null) continue
    await noteOutcome(room, mail, outcome)
    if (outcome.is === 'sent') sent += 1
    if (outcome.is === 'down') return sent
  }
  return sent
}

/** How often the outbox is looked at. */
const lookMs = 5_000

/** Sends mails until `signal` aborts. A pass that fails is told and tried again at its next time. */
export const keepSendingMails = async (
  room: MailRoom,
  signal: AbortSignal,
  onError: (error: unknown) => void,
): Promise<void> => {
  while (!signal.aborted) {
    await sendMails(room).catch(onError)
    await room.clock.sleep(lookMs, signal)
  }
}
