import { readJson } from '../kit/control.ts'
import { json } from '../kit/message.ts'
import { type Sandbox, type SandboxOptions, startServer } from '../kit/server.ts'
import { type Account, defaultAccount, readAccount } from './account.ts'
import { showBackOffice } from './back-office.ts'
import { createBooks, emptyBooks } from './books.ts'
import { createBurst } from './burst.ts'
import { type Ledger, readLedger } from './ledger.ts'
import { plantClients, plantInvoices } from './plant.ts'
import { createRemote } from './remote.ts'
import { defaultSwitches, readSwitches, type Switches } from './switches.ts'

export type { Account } from './account.ts'
export type { Ledger, LedgerInvoice } from './ledger.ts'
export type { Switches } from './switches.ts'

export type EenvoudigfacturerenOptions = SandboxOptions & {
  account?: Partial<Account>
  switches?: Partial<Switches>
}

/** A running fake of EenvoudigFactureren.be. Changes to `account` and `switches` work at once. */
export type EenvoudigfacturerenSandbox = Sandbox & {
  ledger(): Ledger
  account: Account
  switches: Switches
}

/**
 * Starts a fake of the EenvoudigFactureren REST API v1 at `/api/v1` (contract eenvoudigfactureren.md).
 * A reset also puts the account and the switches back as they were at the start.
 */
export async function startEenvoudigfactureren(
  options: EenvoudigfacturerenOptions,
): Promise<EenvoudigfacturerenSandbox> {
  const freshAccount = (): Account => structuredClone({ ...defaultAccount, ...options.account })
  const freshSwitches = (): Switches => ({ ...defaultSwitches, ...options.switches })
  const account = freshAccount()
  const switches = freshSwitches()
  const seed = options.seed ?? 1
  const now = options.now ?? (() => new Date())
  const books = createBooks({ account, switches, now, seed })
  const burst = createBurst(() => (options.limits === 'off' ? null : account.burst), now)

  const sandbox = await startServer({
    name: 'eenvoudigfactureren',
    options,
    ...createRemote(books, burst),
    control: {
      'GET /ledger': () => json(readLedger(books)),
      'GET /switches': () => json(switches),
      'PUT /switches': ({ body }) => json(Object.assign(switches, readSwitches(readJson(body)))),
      'GET /account': () => json(account),
      'PUT /account': ({ body }) => json(Object.assign(account, readAccount(readJson(body)))),
      'POST /clients': ({ body }) => json(plantClients(books, readJson(body)), 201),
      'POST /invoices': ({ body }) => json(plantInvoices(books, readJson(body)), 201),
    },
    backOffice: () => showBackOffice(books),
    reset: () => {
      Object.assign(account, freshAccount())
      Object.assign(switches, freshSwitches())
      emptyBooks(books, seed)
      burst.reset()
    },
  })
  return { ...sandbox, ledger: () => readLedger(books), account, switches }
}
