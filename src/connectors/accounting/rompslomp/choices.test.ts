import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startRompslomp } from '../../../../sandbox/rompslomp/index.ts'
import { wallClock } from '../../../world/clock.ts'
import { createHttpClient, type HttpClient } from '../../http.ts'
import { schemaOf } from '../../settings.ts'
import { rompslomp } from './index.ts'
import { credentials, settings } from './settings.ts'

let sandbox: Awaited<ReturnType<typeof startRompslomp>>
let http: HttpClient & { close(): Promise<void> }
beforeEach(async () => {
  sandbox = await startRompslomp({ limits: 'off' })
  http = createHttpClient({ privateAllowed: ['127.0.0.0/8'] })
})
afterEach(async () => {
  await http.close()
  await sandbox.close()
})

const books = (administration: string) => ({
  credentials: schemaOf(credentials).parse({
    apiToken: 'sandbox-token',
    baseUrl: `${sandbox.url}/api/v1`,
  }),
  settings: schemaOf(settings).parse({ administration }),
  http,
  clock: wallClock,
})

const open = '418223901'
const free = '418223902'
const withoutProducts = '418223903'

describe('administrations', () => {
  test('those on the free plan are shown, and cannot be chosen', async () => {
    const choices = await rompslomp.choices(books(''))
    expect(choices['administrations']).toEqual([
      { value: withoutProducts, label: 'Vazen & Zo' },
      { value: open, label: 'Mokkenhuis' },
    ])
    expect(choices['closedAdministrations']).toEqual([{ value: free, label: 'Mokkenhuis Gratis' }])
  })
  test.each(['', free, '1'])(
    'without an open one chosen there is nothing else: %j',
    async (chosen) => {
      const choices = await rompslomp.choices(books(chosen))
      for (const list of ['vatCodes', 'vatCodePercents', 'ledgers', 'templates']) {
        expect(choices[list]).toEqual([])
      }
    },
  )
  test('until one is chosen, that is what the doctor says of every right', async () => {
    const findings = await rompslomp.check(books(''))
    expect(new Set(findings.map(({ problem }) => problem?.code))).toEqual(
      new Set(['ADMINISTRATION_NOT_CHOSEN']),
    )
  })
  test.each([free, '1'])('one that is shut or gone is what the doctor says: %s', async (chosen) => {
    const [first] = await rompslomp.check(books(chosen))
    expect(first).toMatchObject({
      subject: 'administration',
      problem: { code: 'ADMINISTRATION_CLOSED' },
    })
  })
  test('a right that is missing there is the one red finding', async () => {
    const findings = await rompslomp.check(books(withoutProducts))
    const red = findings.filter(({ problem }) => problem !== undefined)
    expect(red).toMatchObject([{ subject: 'products', problem: { code: 'RIGHT_MISSING' } }])
  })
  test('no token at all is a refused one', async () => {
    const session = books(open)
    const nobody = { ...session, credentials: { ...session.credentials, apiToken: '' } }
    const [first] = await rompslomp.check(nobody)
    expect(first?.problem?.code).toBe('CREDENTIALS_REFUSED')
  })
})

describe('the lists of an administration', () => {
  test('VAT codes with their percentage; a custom one has none', async () => {
    const choices = await rompslomp.choices(books(open))
    const label = (list: string, value: string) =>
      choices[list]?.find((choice) => choice.value === value)?.label
    expect(choices['vatCodes']).toHaveLength(8)
    expect(label('vatCodes', '300200101')).toBe('hoog (21 %)')
    expect(label('vatCodePercents', '300200101:21')).toBe('hoog (21 %)')
    expect(label('vatCodePercents', '300200107:19')).toBe('Duitsland (19 %)')
    expect(label('vatCodeNames', '300200105:vat_reverse_charged')).toBe('verlegd (0 %)')
    expect(label('vatCodes', '300200108')).toBe('anders')
    expect(choices['vatCodePercents']).toHaveLength(7)
  })
  test('all revenue accounts, page after page, and no others', async () => {
    const { ledgers = [] } = await rompslomp.choices(books(open))
    expect(ledgers).toHaveLength(48)
    expect(ledgers).toContainEqual({
      value: '940012',
      label: 'Verzendkosten & porto (profit.revenue.shipping)',
    })
    expect(ledgers.map(({ value }) => value)).not.toContain('940020')
  })
  test('as many accounts as come without paging, where paging is refused', async () => {
    sandbox.switches.accountsPaging = 'refuse'
    const { ledgers = [] } = await rompslomp.choices(books(open))
    expect(ledgers).toHaveLength(40)
  })
  test('templates', async () => {
    const { templates } = await rompslomp.choices(books(open))
    expect(templates).toContainEqual({ value: '720002', label: 'Webwinkel' })
  })
})

test('a product of a merchant’s own, with a code as the shop writes it, is the one', async () => {
  const code = 'M'.repeat(100)
  expect(await rompslomp.products?.findProduct(books(open), code)).toEqual({
    is: 'found',
    id: '610045511',
  })
})

test('a product whose code differs in case only is another, however the search matches', async () => {
  sandbox.switches.productCodeCase = 'insensitive'
  const facts = { price_per_unit: '1', vat_type_id: '300200101', product_code: 'MOK' }
  const made = await rompslomp.products?.createProduct(books(open), { code: 'MOK', facts })
  expect(made?.is).toBe('done')
  expect((await rompslomp.products?.findProduct(books(open), 'MOK'))?.is).toBe('found')
  expect((await rompslomp.products?.findProduct(books(open), 'mok'))?.is).toBe('none')
})

test('what the remote came to is what the receipt says, also when it rounds otherwise', async () => {
  // A net amount rounded before VAT is taken: what one client's prices rule out, and we rely on it.
  sandbox.switches.rounding = 'rounded-net'
  const made = await rompslomp.create(books(open), {
    date: '2026-03-02',
    due_date: '2026-03-16',
    contact_id: 500000017,
    currency: 'eur',
    description: 'x',
    validates_vat_number: false,
    api_reference: 'x',
    invoice_lines: [
      {
        quantity: '1',
        vat_rate: '0.21',
        vat_type_id: 300200101,
        price_per_unit: '8.26446',
        description: 'x',
      },
    ],
  })
  expect(made.is === 'done' && made.value.total?.toString()).toBe('9.99')
})
