import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest'
import { startSmtp, type SmtpSandbox } from '../../../sandbox/smtp/index.ts'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { virtualClock, type VirtualClock } from '../../../test/support/virtual-clock.ts'
import { newKey, parseKeyRing } from '../../merchants/key-ring.ts'
import { vaultOf } from '../../merchants/vault.ts'
import { seededRandom } from '../../world/random.ts'
import { folderTransport, smtpTransport, type MailTransport } from './mail-transport.ts'
import { queueMail } from './queue-mail.ts'
import { sendMails, type MailRoom } from './send-mails.ts'
import { readUnsubscribe, unsubscribe } from './unsubscribe.ts'

const random = seededRandom(11)
const vault = vaultOf(parseKeyRing(newKey('one', random)), random)
const minute = 60_000
const hour = 60 * minute

let database: TestDatabase
let smtp: SmtpSandbox
let clock: VirtualClock
let transport: MailTransport
let room: MailRoom
const faults: unknown[] = []

beforeAll(async () => {
  database = await createTestDatabase()
  smtp = await startSmtp({})
})
afterAll(async () => {
  await smtp.close()
  await database.close()
})
beforeEach(() => {
  clock = virtualClock()
  transport = smtpTransport(smtp.smtpUrl)
  faults.length = 0
  room = roomOf(transport)
})
afterEach(async () => {
  transport.close()
  await fetch(`${smtp.url}/_sandbox/reset`, { method: 'POST' })
  await database.db.deleteFrom('mails').execute()
})

const roomOf = (over: MailTransport): MailRoom => ({
  db: database.db,
  vault,
  clock,
  random,
  transport: over,
  from: 'Doorvoer <post@doorvoer.example>',
  publicUrl: 'https://doorvoer.example',
  attach: (id) =>
    Promise.resolve({
      filename: 'D2026-00001.pdf',
      contentType: 'application/pdf',
      content: Buffer.from(`%PDF ${id}`),
    }),
  onFault: (error) => faults.push(error),
})

const registration = {
  name: 'Ria',
  userName: 'ria@klant.example',
  webshop: 'KMO Shops',
  accounting: 'Informer',
  licenceKey: 'AAAA-BBBB',
  installUrl: 'https://doorvoer.example/install',
  passwordUrl: 'https://doorvoer.example/password/x?a=1&b=2',
  passwordHours: 72,
}
let keys = 0
const queue = (change: { to?: string; name?: string; language?: 'nl' | 'en' } = {}) => {
  keys += 1
  // So that ids sort in the order of writing.
  clock.oversleep(1)
  return queueMail(database.db, room, {
    kind: 'registration',
    to: change.to ?? 'ria@klant.example',
    language: change.language ?? 'nl',
    integrationId: null,
    onceKey: `test ${keys}`,
    params: { ...registration, name: change.name ?? registration.name },
  })
}
const digest = (day: string) => {
  clock.oversleep(1)
  return queueMail(database.db, room, {
    kind: 'digest',
    to: 'ria@klant.example',
    language: 'en',
    integrationId: null,
    onceKey: `digest ${day}`,
    params: {
      integration: 'Shop',
      day,
      causes: [
        {
          code: 'EMAIL_MISSING',
          params: {},
          count: 3,
          url: 'https://doorvoer.example/i/1/errors?cause=EMAIL_MISSING',
        },
      ],
      waiting: 1,
      openUrl: 'https://doorvoer.example/i/1/open',
      booked: 12,
      errorsUrl: 'https://doorvoer.example/i/1/errors',
    },
  })
}
const states = async () => {
  const rows = await database.db.selectFrom('mails').selectAll().orderBy('id').execute()
  return rows
}

describe('a mail', () => {
  test('arrives as plain text and HTML, from us, to nobody else, and is forgotten here', async () => {
    await queue({ name: 'Ria <b>Vet</b>' })
    expect(await sendMails(room)).toBe(1)
    const [mail] = smtp.mails()
    expect(smtp.mails()).toHaveLength(1)
    expect(mail?.envelope).toEqual({ from: 'post@doorvoer.example', to: ['ria@klant.example'] })
    expect(mail?.subject).toBe('Welkom bij Doorvoer: zo koppelt u KMO Shops en Informer')
    expect(mail?.text).toContain('https://doorvoer.example/password/x?a=1&b=2')
    expect(mail?.html).toContain('Ria &lt;b&gt;Vet&lt;/b&gt;')
    expect(mail?.html).toContain('lang="nl"')
    expect(mail?.headers['auto-submitted']).toBe('auto-generated')
    const [row] = await states()
    expect(row).toMatchObject({ state: 'sent', sealed: null, dueAt: null, trouble: null })
    expect(mail?.headers['message-id']).toBe(`<${row?.id ?? ''}@doorvoer.example>`)
  })

  test('goes out once, however many senders there are', async () => {
    for (let count = 0; count < 30; count += 1) await queue({ to: `p${count}@klant.example` })
    await Promise.all([sendMails(room), sendMails(room), sendMails(room), sendMails(room)])
    const to = smtp.mails().flatMap(({ envelope }) => envelope.to)
    expect(to).toHaveLength(30)
    expect(new Set(to).size).toBe(30)
    expect(await sendMails(room)).toBe(0)
  })

  test('is sent again with the same Message-ID when its sender died before noting it', async () => {
    await queue()
    const dying: MailTransport = {
      async send(mail) {
        await transport.send(mail)
        throw new Error('the power fails')
      },
      close: () => undefined,
    }
    // The process is gone before anything is noted.
    const gone = {
      ...roomOf(dying),
      onFault: () => {
        throw new Error('gone')
      },
    }
    await expect(sendMails(gone)).rejects.toThrow('gone')
    expect(await sendMails(room)).toBe(0)
    await clock.advance(11 * minute)
    expect(await sendMails(room)).toBe(1)
    const ids = smtp.mails().map(({ headers }) => headers['message-id'])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('starts no header and no second recipient by what is in it', async () => {
    await queue({ name: 'x\r\nBcc: all@elsewhere.example', to: 'ria@klant.example' })
    keys += 1
    await queueMail(database.db, room, {
      kind: 'registration',
      to: 'ria@klant.example',
      language: 'nl',
      integrationId: null,
      onceKey: `test ${keys}`,
      params: { ...registration, webshop: 'Shop\r\nBcc: all@elsewhere.example\r\n\r\nbody' },
    })
    await sendMails(room)
    expect(smtp.mails()).toHaveLength(2)
    for (const mail of smtp.mails()) {
      expect(mail.envelope.to).toEqual(['ria@klant.example'])
      expect(mail.headers).not.toHaveProperty('bcc')
      expect(mail.raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im)
    }
  })

  test('goes to one recipient, whatever stands in the address', async () => {
    await queue({ to: 'ria@klant.example, all@elsewhere.example' })
    await sendMails(room)
    const recipients = smtp.mails().flatMap(({ envelope }) => envelope.to)
    expect(recipients).not.toContain('all@elsewhere.example')
    expect(recipients.length).toBeLessThan(2)
  })
})

describe('a mail server', () => {
  test('that is down for a day and a half loses nothing and doubles nothing', async () => {
    smtp.switches.down = true
    for (let count = 0; count < 5; count += 1) await queue({ to: `p${count}@klant.example` })
    for (let passed = 0; passed < 36 * 60; passed += 30) {
      await sendMails(room)
      clock.oversleep(30 * minute)
    }
    expect(smtp.mails()).toEqual([])
    const waiting = await states()
    expect(waiting.map(({ state }) => state)).toEqual(Array(5).fill('waiting'))
    expect(waiting[0]?.trouble).toMatch('421')
    // Nobody knocks every five seconds at a door that is shut.
    expect(Math.max(...waiting.map(({ attempts }) => attempts))).toBeLessThan(25)
    smtp.switches.down = false
    for (let passed = 0; passed < 6; passed += 1) {
      await clock.advance(hour)
      await sendMails(room)
    }
    expect(
      smtp
        .mails()
        .flatMap(({ envelope }) => envelope.to)
        .sort(),
    ).toEqual(Array.from({ length: 5 }, (_, n) => `p${n}@klant.example`))
  })

  test('that is not there at all is no fault of the mail', async () => {
    const nowhere = smtpTransport('smtp://127.0.0.1:1')
    onTestFinished(() => nowhere.close())
    await queue()
    await queue()
    expect(await sendMails(roomOf(nowhere))).toBe(0)
    const rows = await states()
    // The second was not even tried: it would have found out the same.
    expect(rows.map(({ attempts }) => attempts).sort()).toEqual([0, 1])
    await clock.advance(hour)
    expect(await sendMails(room)).toBe(2)
  })

  test('that takes nobody of us, or not our password, gets the mail when that is mended', async () => {
    await queue()
    smtp.switches.senderRefused = true
    await sendMails(room)
    expect((await states())[0]).toMatchObject({ state: 'waiting' })
    smtp.switches.senderRefused = false
    smtp.switches.signInFails = true
    const url = new URL(smtp.smtpUrl)
    url.username = 'doorvoer'
    url.password = 'old'
    const signingIn = smtpTransport(url.toString())
    onTestFinished(() => signingIn.close())
    await clock.advance(hour)
    await sendMails(roomOf(signingIn))
    expect((await states())[0]).toMatchObject({ state: 'waiting' })
    await clock.advance(hour)
    expect(await sendMails(room)).toBe(1)
  })
})

describe('an address', () => {
  test('that does not exist is a bounce that can be seen, without naming it', async () => {
    smtp.switches.rejects = ['weg@klant.example']
    await queue({ to: 'weg@klant.example' })
    await queue({ to: 'wel@klant.example' })
    expect(await sendMails(room)).toBe(1)
    const [bounced] = await states()
    expect(bounced).toMatchObject({ state: 'refused', sealed: null, dueAt: null })
    expect(bounced?.trouble).toMatch(/^550 5\.1\.1/)
    expect(bounced?.trouble).not.toContain('weg@klant.example')
    await clock.advance(24 * hour)
    expect(await sendMails(room)).toBe(0)
  })

  test('that takes nothing for a week is given up', async () => {
    smtp.switches.defers = ['vol@klant.example']
    await queue({ to: 'vol@klant.example' })
    for (let passed = 0; passed < 14 * 24; passed += 2) {
      await sendMails(room)
      clock.oversleep(2 * hour)
    }
    expect((await states())[0]).toMatchObject({ state: 'refused' })
    expect((await states())[0]?.attempts).toBe(47)
  })
})

describe('what is not essential', () => {
  test('can be left at one click, and does not come again', async () => {
    await digest('2026-11-20')
    await sendMails(room)
    const [mail] = smtp.mails()
    expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
    const link = /^<(.+)>$/.exec(mail?.headers['list-unsubscribe'] ?? '')?.[1] ?? ''
    expect(mail?.text).toContain(link)
    expect(mail?.text).toContain('https://doorvoer.example/i/1/errors?cause=EMAIL_MISSING')
    const unwanted = readUnsubscribe(vault, new URL(link).searchParams.get('with') ?? '')
    expect(unwanted).toEqual({ address: 'ria@klant.example', kind: 'digest', integrationId: null })
    if (unwanted !== null) await unsubscribe(database.db, unwanted, clock.now())
    await digest('2026-11-21')
    await queue()
    await sendMails(room)
    expect(smtp.mails().map(({ subject }) => subject)).toHaveLength(2)
    expect((await states()).map(({ state }) => state)).toEqual(['sent', 'unwanted', 'sent'])
  })

  test('and what is can not', async () => {
    await queue()
    await sendMails(room)
    expect(smtp.mails()[0]?.headers).not.toHaveProperty('list-unsubscribe')
  })

  test('a link that somebody made up opens nothing', () => {
    expect(readUnsubscribe(vault, 'made-up')).toBeNull()
    expect(readUnsubscribe(vault, '')).toBeNull()
  })
})

test('a mail brings the invoice it tells of', async () => {
  const invoiceId = '018f0000-0000-7000-8000-000000000001'
  await queueMail(database.db, room, {
    kind: 'payment-received',
    to: 'ria@klant.example',
    language: 'en',
    integrationId: null,
    onceKey: 'paid 1',
    params: {
      invoiceId,
      invoiceNumber: 'D2026-00001',
      integration: 'Shop',
      grossCents: 14_520,
      endsOn: '2027-12-20',
      resumed: 3,
      profileUrl: 'https://doorvoer.example/i/1/profile',
    },
  })
  await sendMails(room)
  const [mail] = smtp.mails()
  expect(mail?.text).toContain('€145.20')
  expect(mail?.text).toContain('20 December 2027')
  expect(mail?.attachments).toMatchObject([
    { filename: 'D2026-00001.pdf', contentType: 'application/pdf' },
  ])
  expect(Buffer.from(mail?.attachments[0]?.content ?? []).toString()).toBe(`%PDF ${invoiceId}`)
})

test('a mail that can not be written stops none behind it, and is told', async () => {
  await queue({ to: 'eerst@klant.example' })
  await database.db.updateTable('mails').set({ sealed: 'broken' }).execute()
  await queue({ to: 'daarna@klant.example' })
  await sendMails(room)
  expect(smtp.mails().flatMap(({ envelope }) => envelope.to)).toEqual(['daarna@klant.example'])
  expect(faults).toHaveLength(1)
})

test('without a mail server mails become files that only their owner reads', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-mails-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await queue()
  const home = path.join(folder, 'mails')
  expect(await sendMails(roomOf(folderTransport(home)))).toBe(1)
  const [name = ''] = await readdir(home)
  expect(name).toMatch(/\.eml$/)
  expect(await readFile(path.join(home, name), 'utf8')).toContain('To: ria@klant.example')
  expect((await stat(path.join(home, name))).mode & 0o077).toBe(0)
})
