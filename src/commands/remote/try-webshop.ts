import type { Finding } from '../../connectors/finding.ts'
import { findWebshop } from '../../connectors/registry.ts'
import type { Session } from '../../connectors/session.ts'
import type { Page } from '../../connectors/webshop.ts'
import { firstProblem } from '../../sale/checks/all.ts'
import { makeDraft } from '../../sale/make-draft.ts'
import type { Sale, SaleRef } from '../../sale/sale.ts'
import { plainPosition } from '../../sale/vat-position.ts'
import { expectThat, notRun, tryCase, type Verdict } from './verdict.ts'

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

const needsSandbox: readonly (readonly [string, string])[] = [
  ['every fault of a remote', "needs the sandbox's own switches"],
  ['the one right that is missing', "needs the sandbox's own switches"],
  ['changes that have to show', 'the shop is only read: nothing is placed or changed in it'],
]

/** The cases of the conformance suite that need nothing but reading, against a real shop. */
export const tryWebshop = async (
  system: string,
  session: Session<never, never>,
): Promise<Verdict[]> => {
  const connector = findWebshop(system)
  const run = (name: string, act: () => Promise<string>) => tryCase(system, name, act)
  let refs: SaleRef[] = []
  const verdicts = [
    await run('the doctor finds every right', async () => {
      const findings = await connector.check(session)
      expectThat(redOf(findings).length === 0, redOf(findings).join(', '))
      return findings.map(({ subject }) => subject).join(', ')
    }),
    await run('wrong keys are red', async () => {
      const wrong = Object.entries(session.credentials as Record<string, unknown>).map(
        ([name, value]) => {
          const isKey = typeof value === 'string' && value !== '' && !/^https?:/.test(value)
          return [
            name,
            isKey && !/language|cluster/.test(name) ? value.replaceAll(/./g, 'z') : value,
          ]
        },
      )
      const credentials = Object.fromEntries(wrong) as never
      const red = redOf(await connector.check({ ...session, credentials }))
      expectThat(red.length > 0, 'the doctor found nothing wrong')
      return tally(red.map((each) => each.split(': ')[1] ?? each))
    }),
    await run('the lists that settings refer to', async () =>
      Object.entries(await connector.choices(session))
        .map(([name, values]) => `${name} ${values.length}`)
        .join(', '),
    ),
    await run('what changed, page by page', async () => {
      const pages = await firstPages(connector.changes(session, null))
      refs = refsOf(pages)
      const names = new Set(refs.map(({ kind, id }) => `${kind} ${id}`))
      expectThat(names.size === refs.length, `${refs.length - names.size} are mentioned twice`)
      return `${refs.length} on ${pages.length} pages`
    }),
    await run('a cursor in the future loses nothing', async () => {
      const again = refsOf(await firstPages(connector.changes(session, 'garbage')))
      expectThat(again.length === refs.length, `${again.length} instead of ${refs.length}`)
      return `${again.length} mentioned again`
    }),
    await run('each sale reads the same twice, and has an end', async () => {
      const fates: string[] = []
      for (const ref of refs.slice(0, salesMax)) {
        const [one, other] = [
          await connector.read(session, ref),
          await connector.read(session, ref),
        ]
        expectThat(JSON.stringify(one) === JSON.stringify(other), `${ref.id} reads differently`)
        fates.push('is' in one ? 'gone' : fateOf(one))
      }
      return fates.length === 0 ? 'the shop has no sales' : tally(fates)
    }),
    await run('a sale that never existed is gone', async () => {
      const kind = connector.capabilities.documents[0] ?? 'order'
      const read = await connector.read(session, { kind, id: '999999999' })
      expectThat('is' in read, 'it was read')
      return 'gone'
    }),
    ...needsSandbox.map(([name, why]) => notRun(system, name, why)),
  ]
  return verdicts
}
