import { request } from 'undici'
import { startFactuursturen, type FactuursturenSandbox } from '../sandbox/factuursturen/index.ts'
import { answerDeeds } from './children.ts'
import { watchServers, type Created, type SeenRequest } from './watch.ts'

/** Sandbox books, as far as others need them. */
export interface Books {
  url: string
  userName: string
  apiKey: string
}

interface NewClient {
  email: string
  clientNumber: number
}

/** Belgium, and its rates. */
const country = 18
const rates = [21, 12, 6, 0] as const

const watch = watchServers()
let all: FactuursturenSandbox[] = []

const taxes = rates.map((percentage, index) => ({
  percentage,
  type: percentage === 0 ? ('Z' as const) : index === 0 ? ('H' as const) : ('L' as const),
  default: index === 0,
  country,
}))

const control = async (url: string, body: unknown): Promise<void> => {
  const answer = await request(url, { method: 'POST', body: JSON.stringify(body) })
  const text = await answer.body.text()
  if (answer.statusCode >= 300) throw new Error(`${url}: ${text}`)
}

const deeds = {
  open: async (count: number): Promise<Books[]> => {
    all = await Promise.all(
      Array.from({ length: count }, (_, index) =>
        startFactuursturen({ limits: 'off', seed: index + 1, account: { country, taxes } }),
      ),
    )
    return all.map(({ url, account }) => ({
      url,
      userName: account.user,
      apiKey: account.apiKey,
    }))
  },
  /** Empties all books and puts these customers in each of them. */
  renew: async (customers: readonly NewClient[]): Promise<void> => {
    const clients = customers.map(({ email, clientNumber }) => ({
      clientnr: clientNumber,
      contact: 'Ann Peeters',
      email,
      address: 'Dorpsstraat 1',
      zipcode: '9000',
      city: 'Gent',
      country,
      tax_type: 'intax',
      sendmethod: 'email',
    }))
    for (const { url } of all) {
      await control(`${url}/_sandbox/reset`, {})
      await control(`${url}/_sandbox/clients`, clients)
    }
  },
  begin: (tape: boolean): Promise<void> => {
    watch.begin(tape)
    return Promise.resolve()
  },
  created: ({ count, stallMs }: { count: number; stallMs: number }): Promise<Created[]> =>
    watch.created(count, stallMs),
  requests: (): Promise<SeenRequest[]> => Promise.resolve(watch.requests()),
  /** The references that stand in the books, each as often as it stands there. */
  references: (): Promise<string[]> =>
    Promise.resolve(
      all.flatMap((books) => books.ledger().invoices.map(({ reference }) => reference[0])),
    ),
  /** The number of the invoice with this reference. */
  numberOf: (reference: string): Promise<string> => {
    const invoices = all.flatMap((books) => books.ledger().invoices)
    const found = invoices.find((invoice) => invoice.reference[0] === reference)
    if (found === undefined) throw new Error(`there is no invoice ${reference}`)
    return Promise.resolve(found.number)
  },
}

export type BooksDeeds = typeof deeds

answerDeeds(deeds)
