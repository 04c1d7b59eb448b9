import type { z } from 'zod'
import type { Language } from '../../src/problems/problem.ts'
import type { figures } from '../../src/server/api.ts'
import { inWords, type FakeSale } from './fake-sales.ts'

/** The figures of any fake sale: mostly the same bicycle, sometimes gone or out of reach. */
export const fakeFigures = (sale: FakeSale, language: Language): z.output<typeof figures> => {
  const { problem } = inWords(sale, language)
  if (sale.code === 'REMOTE_HTML' && problem) return { is: 'unreachable', problem }
  if (sale.code === 'DEBTOR_AMBIGUOUS') return { is: 'gone' }
  const dutch = language === 'nl'
  const failed = sale.state === 'refused'
  return {
    is: 'read',
    status: dutch ? 'Betaald' : 'Paid',
    paid: true,
    customer: 'De Smet Fietsverhuur BV',
    destination: 'BE',
    vatNumber: 'BE0123456749',
    lines: [
      line(
        'product',
        'Stadsfiets Lotte 28", zwart, met voordrager en verlichting',
        '1',
        '249.00',
        '21',
      ),
      line('product', 'Fietsroutekaart Waasland', '3', '26.85', '9'),
      line('shipping', 'bpost, bezorging aan huis', '1', '6.95', '21'),
      line('discount', 'Kortingsbon ZOMER', '1', '-10.00', '21'),
    ],
    rates: [
      { vatPercent: '21', net: '203.26', vat: '42.69', gross: '245.95' },
      { vatPercent: '9', net: '24.63', vat: '2.22', gross: '26.85' },
    ],
    total: '272.80',
    currency: 'EUR',
    regime: dutch ? 'Binnenlandse verkoop.' : 'Domestic sale.',
    remarks: [],
    checks: [
      verdict('status', dutch ? 'De status mag geboekt worden' : 'The status may be booked'),
      verdict(
        'total',
        dutch ? 'Het totaal is de som van de regels' : 'The total is the sum of the lines',
      ),
      verdict(
        'rates',
        dutch ? 'Elk btw-tarief bestaat in de boekhouding' : 'Every VAT rate exists in the books',
        failed ? 'failed' : 'passed',
        failed ? problem : null,
      ),
      verdict(
        'vat-number',
        dutch ? 'Het btw-nummer is geldig' : 'The VAT number is valid',
        failed ? 'waits' : 'passed',
      ),
      verdict(
        'once',
        dutch ? 'De verkoop is niet eerder geboekt' : 'The sale was not booked before',
        failed ? 'not-reached' : 'passed',
      ),
    ],
  }
}

type Read = Extract<z.output<typeof figures>, { is: 'read' }>
type Line = Read['lines'][number]
type Verdict = Read['checks'][number]

const line = (
  kind: Line['kind'],
  description: string,
  quantity: string,
  amount: string,
  vatPercent: string,
): Line => ({
  kind,
  description,
  quantity,
  amount,
  vatPercent,
  includesVat: true,
  why: `${vatPercent} % volgens de winkel, en toegestaan in BE.`,
})

const verdict = (
  check: string,
  title: string,
  is: Verdict['is'] = 'passed',
  problem: Verdict['problem'] = null,
): Verdict => ({ check, title, is, problem })
