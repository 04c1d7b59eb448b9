import type { Finding } from '../../connectors/finding.ts'
import { findWebshop } from '../../connectors/registry.ts'
import type { Session } from '../../connectors/session.ts'
import type { Page } from '../../connectors/webshop.ts'
import { firstProblem } from '../../sale/checks/all.ts'
import { makeDraft } from '../../sale/make-draft.ts'
import type { Sale, SaleRef } from '../../sale/sale.ts'
import { plainPosition } from '../../sale/vat-position.ts'
import { expectThat, once, type Case } from './verdict.ts'

const pagesMax = 3
const salesMax = 25
const countries = ['NL', 'BE'] as const

/** Books that take everything: what is refused here is refused for what the shop said. */
const anyBooks = {
  system: 'any',
  vatCodes: true,
  currencies: 'any' as const,
  creditInvoices: true,
  vatRates: null,
}

const firstPages = async (pages: AsyncIterable<Page>): Promise<Page[]> => {
  const found: Page[] = []
  for await (const page of pages) {
    found.push(page)
    if (found.length >= pagesMax) break
  }
  return found
}

const refsOf = (pages: readonly Page[]): SaleRef[] =>
  pages.flatMap(({ mentions }) => mentions.map(({ ref }) => ref))

/** What a merchant in either country would make of it: drafted, held, or the code it is refused for. */
const fateOf = (sale: Sale): string => {
  const fates = countries.map((home) => {
    const drafting = makeDraft(sale, { leadingNumber: 'order', vat: plainPosition(home) })
    if (drafting.is !== 'drafted') return drafting.reason.code
    return firstProblem({ sale, draft: drafting.draft, books: anyBooks })?.code ?? 'bookable'
  })
  return fates.find((fate) => fate === 'bookable') ?? fates[0] ?? ''
}

const tally = (texts: readonly string[]): string =>
  [...Map.groupBy(texts, (text) => text)].map(([text, all]) => `${text} ${all.length}`).join(', ')

const redOf = (findings: readonly Finding[]): string[] =>
  findings.flatMap(({ subject, problem }) => (problem ? [`${subject}: ${problem.code}`] : []))

const needsSwitches = { notRun: "needs the sandbox's own switches" }

const needsSandbox: readonly Case[] = [
  ['every fault of a remote', needsSwitches],
  ['the one right that is missing', needsSwitches],
  [
    'changes that have to show',
    { notRun: 'the shop is only read: nothing is placed or changed in it' },
  ],
]

/** The credentials with every key of them made wrong; addresses, language and cluster stay. */
const wrongKeysOf = (credentials: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(credentials).map(([name, value]) => {
      const isKey = typeof value === 'string' && value !== '' && !/^https?:/.test(value)
      return [name, isKey && !/language|cluster/.test(name) ? value.replaceAll(/./g, 'z') : value]
    }),
  ) as never

/** The cases of the conformance suite that need nothing but reading, against a real shop. */
export const webshopCases = (system: string, session: Session<never, never>): readonly Case[] => {
  const connector = findWebshop(system)
  const pagesOf = (cursor: string | null) => firstPages(connector.changes(session, cursor))
  const changed = once(() => pagesOf(null))
  return [
    [
      'the doctor finds every right',
      async () => {
        const findings = await connector.check(session)
        expectThat(redOf(findings).length === 0, redOf(findings).join(', '))
        return findings.map(({ subject }) => subject).join(', ')
      },
    ],
    [
      'wrong keys are red',
      async () => {
        const credentials = wrongKeysOf(session.credentials)
        const red = redOf(await connector.check({ ...session, credentials }))
        expectThat(red.length > 0, 'the doctor found nothing wrong')
        return tally(red.map((each) => each.split(': ')[1] ?? each))
      },
    ],
    [
      'the lists that settings refer to',
      async () =>
        Object.entries(await connector.choices(session))
          .map(([name, values]) => `${name} ${values.length}`)
          .join(', '),
    ],
    [
      'what changed, page by page',
      async () => {
        const pages = await changed()
        const refs = refsOf(pages)
        const names = new Set(refs.map(({ kind, id }) => `${kind} ${id}`))
        expectThat(names.size === refs.length, `${refs.length - names.size} are mentioned twice`)
        return `${refs.length} on ${pages.length} pages`
      },
    ],
    [
      'a cursor in the future loses nothing',
      async () => {
        const { length } = refsOf(await changed())
        const again = refsOf(await pagesOf('garbage'))
        expectThat(again.length === length, `${again.length} instead of ${length}`)
        return `${again.length} mentioned again`
      },
    ],
    [
      'each sale reads the same twice, and has an end',
      async () => {
        const fates: string[] = []
        for (const ref of refsOf(await changed()).slice(0, salesMax)) {
          const one = await connector.read(session, ref)
          const other = await connector.read(session, ref)
          expectThat(JSON.stringify(one) === JSON.stringify(other), `${ref.id} reads differently`)
          fates.push('is' in one ? 'gone' : fateOf(one))
        }
        return fates.length === 0 ? 'the shop has no sales' : tally(fates)
      },
    ],
    [
      'a sale that never existed is gone',
      async () => {
        const kind = connector.capabilities.documents[0] ?? 'order'
        const read = await connector.read(session, { kind, id: '999999999' })
        expectThat('is' in read, 'it was read')
        return 'gone'
      },
    ],
    ...needsSandbox,
  ]
}
