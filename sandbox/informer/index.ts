import { readJson } from '../kit/control.ts'
import { json } from '../kit/message.ts'
import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { type Account, defaultAccount, readAccount } from './account.ts'
import { showBackOffice } from './back-office.ts'
import { createBooks, emptyBooks } from './books.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { plantInvoices, plantRelations } from './plant.ts'
import { createRateLimit } from './rate-limit.ts'
import { createRemote } from './remote.ts'
import { defaultSwitches, readSwitches, type Switches } from './switches.ts'

export type InformerOptions = SandboxOptions & {
  account?: Partial<Account>
  switches?: Partial<Switches>
  /** Without the relations that are there at the start. */
  isEmpty?: boolean
}

/** A running fake of Informer. Changes to `account` and `switches` work at once. */
export type InformerSandbox = Sandbox & {
  ledger(): Ledger
  account: Account
  switches: Switches
}

/**
 * Starts a fake of the Informer API, at `/v1` and (to read, mostly) at `/v2` (contract informer.md). A reset
 * also puts the account and the switches back as they were at the start.
 */
export async function startInformer(options: InformerOptions): Promise<InformerSandbox> {
  const freshAccount = (): Account => structuredClone({ ...defaultAccount, ...options.account })
  const freshSwitches = (): Switches => ({ ...defaultSwitches, ...options.switches })
  const account = freshAccount()
  const switches = freshSwitches()
  const isEmpty = options.isEmpty ?? false
  const now = options.now ?? (() => new Date())
  const books = createBooks({ account, switches, now, isEmpty })
  const isOff = options.limits === 'off'
  const limit = createRateLimit(
    {
      perMinute: () => (isOff ? Infinity : account.limitPerMinute),
      perDay: () => (isOff ? Infinity : account.limitPerDay),
    },
    now,
  )

  const sandbox = await startServer({
    name: 'informer',
    options,
    ...createRemote(books, limit),
    control: {
      'GET /ledger': () => json(readLedger(books)),
      'GET /switches': () => json(switches),
      'PUT /switches': ({ body }) => json(Object.assign(switches, readSwitches(readJson(body)))),
      'GET /account': () =>
        json({ companyName: account.companyName, perMinute: account.limitPerMinute }),
      'PUT /account': ({ body }) => {
        Object.assign(account, readAccount(readJson(body)))
        return json({ changed: true })
      },
      'POST /relations': ({ body }) => json(plantRelations(books, readJson(body)), 201),
      'POST /invoices': ({ body }) => json(plantInvoices(books, readJson(body)), 201),
    },
    backOffice: () => showBackOffice(books),
    reset: () => {
      Object.assign(account, freshAccount())
      Object.assign(switches, freshSwitches())
      emptyBooks(books, isEmpty)
      limit.reset()
    },
  })
  return { ...sandbox, ledger: () => readLedger(books), account, switches }
}
