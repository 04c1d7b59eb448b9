import { readFileSync } from 'node:fs'
import type { z } from 'zod'
import { integrationSettings } from '../../src/merchants/integration-settings.ts'
import { explain, isProblemCode } from '../../src/problems/catalogue.ts'
import type { Language } from '../../src/problems/problem.ts'
import type { Api } from '../../src/server/api.ts'
import { guideOf } from '../../src/server/guide.ts'
import { allSystems } from '../../src/server/systems.ts'
import { Refusal, type Answers } from './fake-answer.ts'
import { fakeMe } from './fake-scenarios.ts'

type Configuration = z.output<Api['GET /api/integrations/:integrationId/configuration']['answer']>
type End = Configuration['webshop']
type Shown = Extract<
  z.output<Api['POST /api/integrations/:integrationId/preview']['answer']>,
  { is: 'shown' }
>

/** Rompslomp has VAT codes and ledgers, so its form is the longest of all. */
const books = 'rompslomp'
const shop = 'kmoshops'

const systemOf = (id: string): End['system'] => {
  const { webshops, accountings } = allSystems()
  const found = [...webshops, ...accountings].find((each) => each.id === id)
  if (found === undefined) throw new Refusal(404, 'NOT_FOUND')
  return found
}

const option = (value: string, label: string) => ({ value, label })

const choices = {
  statuses: [
    option('2', 'Betaald'),
    option('5', 'Verzonden'),
    option('6', 'Afgehaald'),
    option('7', 'Afgerond'),
    option('9', 'In bestelling'),
    option('10', 'Klaar om af te halen'),
    option('11', 'Deels verzonden'),
    option('12', 'Geleverd'),
    option('13', 'Gearchiveerd'),
  ],
  paymentMethods: [
    option('bancontact', 'Bancontact'),
    option('ideal', 'iDEAL'),
    option('paypal', 'PayPal'),
    option('onaccount', 'Op rekening'),
  ],
  administrations: [option('418223901', 'Verbeeck & Zonen BV')],
  templates: [option('1', 'Standaard'), option('2', 'Webwinkel')],
  vatCodes: [
    option('hoog', 'Btw hoog (21 %)'),
    option('laag', 'Btw laag (9 %)'),
    option('icp', 'Intracommunautaire levering'),
    option('export', 'Export buiten de EU'),
    option('oss-be', 'OSS België (21 %)'),
    option('oss-de', 'OSS Duitsland (19 %)'),
  ],
  ledgers: [
    option('8000', '8000 Omzet webwinkel'),
    option('8010', '8010 Omzet verzendkosten'),
    option('8090', '8090 Betaalkosten'),
  ],
}

const settingsOf = (system: End['system']): End['settings'] =>
  Object.fromEntries(
    system.settings.flatMap((field) =>
      field.default === undefined ? [] : [[field.name, field.default]],
    ),
  )

const end = (id: string, dot: End['dot'], language: Language): End => {
  const system = systemOf(id)
  const problem =
    dot === 'red'
      ? {
          code: 'CONNECTION_BROKEN',
          params: { system: system.title },
          ...explain('CONNECTION_BROKEN', { system: system.title }, language),
          help: '/help/CONNECTION_BROKEN',
        }
      : null
  return {
    system,
    ways: { form: id === shop, signIn: id !== shop, store: false, activation: null },
    dot,
    problem,
    checkedAt: dot === 'new' ? null : new Date(Date.now() - 240_000).toISOString(),
    hasCredentials: dot !== 'new',
    credentials:
      dot === 'new' || id !== shop
        ? {}
        : { apiRoot: 'https://verbeeck.example', apiPublic: 'k3Xw9QaZ' },
    settings: settingsOf(system),
    choices: dot === 'new' ? {} : choices,
  }
}

const ledgers = { revenue: '8000', shipping: '8010', payment: '8090' }
const destination = (name: string, percents: string[], codes: string[]) => ({
  destination: name,
  percents,
  proposal: codes.map((vatCode, index) => ({ percent: percents[index] ?? '0', vatCode, ledgers })),
})

const vatTable = [
  destination('NL', ['21', '9'], ['hoog', 'laag']),
  destination('BE', ['21', '12', '6'], ['oss-be']),
  destination('DE', ['19', '7'], ['oss-de']),
  destination('ICP', ['0'], ['icp']),
  destination('ICP_SERVICES', ['0'], []),
  destination('INTERNATIONAL_SERVICES', ['0'], []),
  destination('INTERNATIONAL', ['0'], ['export']),
]

const here = (integrationId: string | undefined) => {
  const found = fakeMe('nl', 'nl').integrations.find(({ id }) => id === integrationId)
  if (found === undefined) throw new Refusal(404, 'NOT_FOUND')
  return found
}

const guideFolders = { [shop]: 'webshops', [books]: 'accounting' }

const line = (
  kind: Shown['lines'][number]['kind'],
  description: string,
  quantity: string,
  amount: string,
  sku: string,
  language: Language,
): Shown['lines'][number] => ({
  kind,
  description,
  quantity,
  amount,
  sku,
  includesVat: true,
  vatPercent: '21',
  vatCode: 'Btw hoog (21 %)',
  ledger: kind === 'product' ? '8000 Omzet webwinkel' : '8010 Omzet verzendkosten',
  why:
    language === 'nl'
      ? '21 % volgens de winkel, en toegestaan in Nederland.'
      : '21% according to the shop, and allowed in the Netherlands.',
})

const checkWords = {
  nl: [
    'De status mag geboekt worden',
    'Het totaal is de som van de regels',
    'Elk btw-tarief heeft een code',
    'Deze verkoop is nog niet geboekt',
  ],
  en: [
    'The status may be booked',
    'The total is the sum of the lines',
    'Every VAT rate has a code',
    'This sale was not booked before',
  ],
}

const shown = (number: string, language: Language): Shown => {
  const refused = number === '20411'
  const problem = {
    code: 'TOTAL_DIFFERS_FROM_LINES',
    params: {},
    ...explain('TOTAL_DIFFERS_FROM_LINES', {}, language),
    help: '/help/TOTAL_DIFFERS_FROM_LINES',
  }
  const total = '262.95'
  return {
    is: 'shown',
    outcome: refused ? 'refused' : 'wants-go-ahead',
    problem: refused ? problem : null,
    remoteNumber: null,
    bookingId: '019c0000-0000-7000-8000-000000000200',
    seal: refused ? null : 'sealed',
    sale: {
      ref: { kind: 'order', id: number },
      number,
      date: new Date().toISOString().slice(0, 10),
      status: language === 'nl' ? 'Betaald' : 'Paid',
      paid: true,
      paymentMethod: 'iDEAL',
      total: refused ? '264.95' : total,
      currency: 'EUR',
      destination: 'NL',
    },
    customer: {
      name: 'Anneke de Wit',
      company: '',
      email: 'anneke@dewit.example',
      address: ['Vliet 4', '2311 RB Leiden', language === 'nl' ? 'Nederland' : 'The Netherlands'],
      vatNumber: '',
    },
    lines: [
      line('product', 'Stadsfiets Lotte 28", zwart', '1', '249.00', 'LOT-28-Z', language),
      line('product', 'Fietsbel koper', '2', '14.00', 'BEL-K', language),
      line('shipping', '', '1', '9.95', '', language),
      line('discount', 'ZOMER', '1', '-10.00', '', language),
    ],
    draft: refused
      ? null
      : {
          reference: number,
          date: new Date().toISOString().slice(0, 10),
          debtor: { is: 'new', id: null },
          regime: language === 'nl' ? 'Binnenlandse verkoop' : 'Domestic sale',
          rates: [{ vatPercent: '21', net: '217.31', vat: '45.64', gross: total }],
          totals: { net: '217.31', vat: '45.64', gross: total },
          booksTotal: total,
          remarks: [],
        },
    checks: checkWords[language].map((title, index) => ({
      check: String(index),
      title,
      is: refused && index === 1 ? 'failed' : refused && index > 1 ? 'not-reached' : 'passed',
      problem: refused && index === 1 ? problem : null,
    })),
  }
}

/** Answers for the wizard, the Configuration tab and the preview. */
export const configurationAnswers: Answers = {
  'GET /api/integrations/:integrationId/configuration': ({ params, query }) => {
    const { state, webshop, accounting, role } = here(params['integrationId'])
    const saved = state !== 'installing'
    return {
      webshop: end(shop, webshop.dot, query.language),
      accounting: end(books, accounting.dot, query.language),
      settings: integrationSettings.parse({
        goAhead: true,
        vatNumber: saved ? 'NL123456782B90' : '',
        fixedDebtors: saved ? { onaccount: '1042' } : {},
        vatTable: saved
          ? vatTable.flatMap(({ destination: to, proposal }) =>
              proposal.map((row) => ({ ...row, destination: to })),
            )
          : [],
      }),
      version: saved ? 4 : 0,
      saved,
      licenceKey: role === 'member' ? null : 'DV-7K3X-9QAZ-M2PT',
      vatTable,
    }
  },
  'PUT /api/integrations/:integrationId/configuration': () => ({ version: 5, active: true }),
  'PUT /api/integrations/:integrationId/connections/:side/credentials': () => {
    throw new Refusal(409, 'CREDENTIALS_REFUSED')
  },
  'GET /api/systems/:id/guide': ({ params, query }) => {
    const id = params['id'] === shop ? shop : books
    const readme = new URL(
      `../../src/connectors/${guideFolders[id]}/${id}/README.md`,
      import.meta.url,
    )
    return { title: systemOf(id).title, ...guideOf(readFileSync(readme, 'utf8'), query.language) }
  },
  'GET /api/problems/:code': ({ params, query }) => {
    const { code = 'NOT_FOUND' } = params
    if (!isProblemCode(code)) throw new Refusal(404, 'NOT_FOUND')
    return { code, params: {}, ...explain(code, {}, query.language), help: `/help/${code}` }
  },
  'GET /api/integrations/:integrationId/latest-sales': () =>
    Array.from({ length: 8 }, (_, n) => ({
      ref: { kind: 'order' as const, id: String(20412 - n) },
      number: String(20412 - n),
      date: new Date(Date.now() - n * 40_000_000).toISOString().slice(0, 10),
      total: n === 5 ? null : (262.95 - n * 17.4).toFixed(2),
    })),
  'POST /api/integrations/:integrationId/preview': ({ body, query }) =>
    shown(
      body.sale !== undefined && 'number' in body.sale ? body.sale.number : '20412',
      query.language,
    ),
}
