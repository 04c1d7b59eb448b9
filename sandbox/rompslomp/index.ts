import { readJson } from '../kit/control.ts'
import { json } from '../kit/message.ts'
import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { type Account, defaultAccount, readAccount } from './account.ts'
import { showBackOffice } from './back-office.ts'
import { createBooks, emptyBooks } from './books.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { plantContacts, plantInvoices } from './plant.ts'
import { createRateLimit } from './rate-limit.ts'
import { createRemote } from './remote.ts'
import { defaultSwitches, readSwitches, type Switches } from './switches.ts'

export type RompslompOptions = SandboxOptions & {
  account?: Partial<Account>
  switches?: Partial<Switches>
  /** Without the contacts and the product that are there at the start. */
  isEmpty?: boolean
}

/** A running fake of Rompslomp. Changes to `account` and `switches` work at once. */
export type RompslompSandbox = Sandbox & {
  ledger(): Ledger
  account: Account
  switches: Switches
}

/**
 * Starts a fake of the Rompslomp API v1 at `/api/v1` and of its sign-in at `/oauth` (contract
 * rompslomp.md). A reset also puts the account and the switches back as they were at the start.
 */
export async function startRompslomp(options: RompslompOptions): Promise<RompslompSandbox> {
  const freshAccount = (): Account => structuredClone({ ...defaultAccount, ...options.account })
  const freshSwitches = (): Switches => ({ ...defaultSwitches, ...options.switches })
  const account = freshAccount()
  const switches = freshSwitches()
  const seed = options.seed ?? 1
  const isEmpty = options.isEmpty ?? false
  const now = options.now ?? (() => new Date())
  const perMinute = (): number => (options.limits === 'off' ? Infinity : account.limitPerMinute)
  const books = createBooks({ account, switches, now, seed, isEmpty })
  const limit = createRateLimit(perMinute, now)

  const sandbox = await startServer({
    name: 'rompslomp',
    options,
    ...createRemote(books, limit),
    control: {
      'GET /ledger': () => json(readLedger(books)),
      'GET /switches': () => json(switches),
      'PUT /switches': ({ body }) => json(Object.assign(switches, readSwitches(readJson(body)))),
      'GET /account': () =>
        json({ ...account, companies: account.companies.map(({ id, name }) => ({ id, name })) }),
      'PUT /account': ({ body }) => {
        Object.assign(account, readAccount(readJson(body)))
        return json({ changed: true })
      },
      'POST /contacts': ({ body }) => json(plantContacts(books, readJson(body)), 201),
      'POST /invoices': ({ body }) => json(plantInvoices(books, readJson(body)), 201),
    },
    backOffice: () => showBackOffice(books),
    reset: () => {
      Object.assign(account, freshAccount())
      Object.assign(switches, freshSwitches())
      emptyBooks(books, seed, isEmpty)
      limit.reset()
    },
  })
  return { ...sandbox, ledger: () => readLedger(books), account, switches }
}
