import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { format } from 'prettier'
import type { AccountingConnector } from '../src/connectors/accounting.ts'
import { accountings, webshops } from '../src/connectors/registry.ts'
import { formOf, type Fields } from '../src/connectors/settings.ts'
import type { WebshopConnector } from '../src/connectors/webshop.ts'
import type { Pace } from '../src/connectors/pace.ts'

/*
 * Writes docs/connectors/ from the registry; with --check it only says whether what stands there is what
 * would be written. What is not in the registry (how a merchant gets keys, quirks with their source) is in the
 * connector's own README, which every page names.
 */

const root = path.resolve(import.meta.dirname, '..')
const folder = path.join(root, 'docs', 'connectors')

/** The pairs of the manuals, each with golden tests in test/golden: one per row of its field tables. */
const certified: readonly (readonly [webshop: string, accounting: string])[] = [
  ['kmoshops', 'factuursturen'],
  ['kmoshops', 'eenvoudigfactureren'],
  ['kmoshops', 'informer'],
  ['seoshop', 'factuursturen'],
  ['magento2', 'rompslomp'],
  ['magento1', 'rompslomp'],
]

const searches = {
  unique: 'The remote refuses a second invoice with our reference, and finds one by it.',
  filter:
    'The remote filters invoices by our reference; every row that comes back is compared exactly.',
  scan: 'No filter knows our reference: `find` reads the invoices since the day before the sale and compares.',
} as const

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const yes = (value: boolean) => (value ? 'yes' : 'no')
const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const fieldsTable = (fields: Fields): string => {
  const shown = formOf(fields)
  if (shown.length === 0) return 'None.'
  return table(
    ['field', 'kind', 'required', 'default', 'what it is'],
    shown.map(({ name, kind, label, help, required, default: standard }) => [
      `\`${name}\``,
      kind,
      yes(required),
      standard === undefined || standard === '' ? '' : `\`${String(standard)}\``,
      cell(help === undefined ? label.en : `${label.en}. ${help.en}`),
    ]),
  )
}

const paceText = ({ calls, windowMs, concurrency }: Pace): string =>
  `At most ${calls} calls in ${windowMs / 1000} seconds and ${concurrency} at a time` +
  '; where the remote tells how many are left, its own count decides.'

const pairsOf = (id: string): string => {
  const others = certified.flatMap(([shop, books]) =>
    shop === id ? [books] : books === id ? [shop] : [],
  )
  const list = others.map((other) => `[${other}](${other}.md)`).join(', ')
  return others.length === 0
    ? 'Books with every system of the other side; no pair is in the manuals.'
    : `Books with every system of the other side. Certified by golden tests of the manuals: ${list}.`
}

/** Where we decided otherwise than the manual, as the connector's README says it; '' where it says nothing. */
const otherwiseIn = async (id: string, side: 'webshops' | 'accounting'): Promise<string> => {
  const readme = path.join(root, 'src', 'connectors', side, id, 'README.md')
  const text = await readFile(readme, 'utf8')
  return /^## Other than the manual\n[^]*?(?=^## |(?![^]))/m.exec(text)?.[0] ?? ''
}

const otherwise = new Map<string, string>()
for (const { id } of webshops) otherwise.set(id, await otherwiseIn(id, 'webshops'))
for (const { id } of accountings) otherwise.set(id, await otherwiseIn(id, 'accounting'))

const page = (
  connector: WebshopConnector | AccountingConnector,
  side: 'webshops' | 'accounting',
  capabilities: readonly (readonly [string, string])[],
  more: string,
): string => `<!-- Written by scripts/connector-docs.ts from the registry; do not edit. -->

# ${connector.title}

${pairsOf(connector.id)} How a merchant connects it, its quirks and their sources:
[README of the connector](../../src/connectors/${side}/${connector.id}/README.md).

## What it can do

${table(['capability', ''], capabilities)}

${more}

**Pace.** ${paceText(connector.capabilities.pace)}

${otherwise.get(connector.id) ?? ''}
## Asked when connecting

${fieldsTable(connector.credentials)}

## Settings

${fieldsTable(connector.settings)}
`

const webshopPage = (shop: WebshopConnector): string => {
  const { documents, webhooks, changedSince, store } = shop.capabilities
  return page(
    shop,
    'webshops',
    [
      ['documents', documents.join(', ')],
      [
        'money given back',
        documents.includes('credit')
          ? 'credit invoices, where they are switched on or the shop makes them'
          : 'not told by the shop: a refund is booked by hand',
      ],
      ['calls us when something changes', yes(webhooks)],
      ['lists what changed since a moment', yes(changedSince)],
      ['installs from an app store', yes(store)],
      ['signs in in the browser', yes(shop.signIn !== undefined)],
      ['is activated from the shop', yes(shop.activation !== undefined)],
    ],
    changedSince
      ? 'Polling asks what changed since the last time, with an overlap.'
      : 'Polling compares a window of recent sales with what is known of them.',
  )
}

const accountingPage = (books: AccountingConnector): string => {
  const { capabilities } = books
  const { currencies } = capabilities
  return page(
    books,
    'accounting',
    [
      ['VAT', capabilities.vatCodes ? 'codes, by the VAT table' : 'percentages, passed on'],
      ['products', yes(capabilities.products)],
      ['credit invoices', yes(capabilities.creditInvoices)],
      ['currencies', typeof currencies === 'string' ? currencies : currencies.join(', ')],
      ['signs in in the browser', yes(books.signIn !== undefined)],
      [
        'finds debtors by e-mail',
        books.changedDebtors === undefined ? 'asks the remote' : 'in our index of hashed addresses',
      ],
      ['a lost create may still take effect', `for ${capabilities.lateEffectMs / 1000} seconds`],
    ],
    `**Did it arrive?** ${searches[capabilities.referenceSearch]}`,
  )
}

const index =
  (): string => `<!-- Written by scripts/connector-docs.ts from the registry; do not edit. -->

# Connectors

Any webshop books in any accounting system. **✓** marks the pairs of the manuals: \`test/golden\` has a file for each, with
a test for each row of its field tables, that looks at what the books were sent.

${table(
  ['', ...accountings.map(({ id, title }) => `[${title}](${id}.md)`)],
  webshops.map(({ id, title }) => [
    `[${title}](${id}.md)`,
    ...accountings.map((books) =>
      certified.some(([shop, other]) => shop === id && other === books.id) ? '✓' : 'yes',
    ),
  ]),
)}
`

const pages = new Map<string, string>([
  ['README.md', index()],
  ...webshops.map((shop): [string, string] => [`${shop.id}.md`, webshopPage(shop)]),
  ...accountings.map((books): [string, string] => [`${books.id}.md`, accountingPage(books)]),
])

const isCheck = process.argv.includes('--check')
let wrong = 0
await mkdir(folder, { recursive: true })
for (const [name, text] of pages) {
  const file = path.join(folder, name)
  const wanted = await format(text, { parser: 'markdown', printWidth: 100 })
  const found = await readFile(file, 'utf8').catch(() => '')
  if (found === wanted) continue
  wrong += 1
  if (isCheck)
    console.error(`docs/connectors/${name} is not what the registry says; run npm run docs`)
  else await writeFile(file, wanted)
}
if (!isCheck) console.log(`${wrong} of ${pages.size} pages written`)
process.exitCode = isCheck && wrong > 0 ? 1 : 0
