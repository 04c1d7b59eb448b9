import type { Text } from '../problems/problem.ts'

/** How one line is treated for VAT; decides its VAT code and what the invoice must say. */
export type Treatment =
  | 'taxed'
  | 'zero-rated'
  | 'intra-community'
  | 'services-reverse-charge'
  | 'domestic-reverse-charge'
  | 'export'
  | 'services-outside-eu'
  | 'small-business'
  | 'margin'
  | 'voucher'
  | 'deposit'

/** What has to be on the invoice (contracts/vat.md §5.2). */
export interface Wording {
  /** The VAT category of EN 16931 and Peppol. `O` is avoided: it may not stand beside other categories. */
  category: 'S' | 'Z' | 'E' | 'AE' | 'K' | 'G'
  /** The phrase that explains 0 %; null where none is needed. */
  phrase: Text | null
}

export const wordings: Readonly<Record<Treatment, Wording>> = {
  taxed: { category: 'S', phrase: null },
  'zero-rated': { category: 'Z', phrase: null },
  'intra-community': {
    category: 'K',
    phrase: {
      nl: 'Intracommunautaire levering, btw 0 %, art. 138 richtlijn 2006/112/EG',
      en: 'Intra-Community supply, VAT 0 %, art. 138 Directive 2006/112/EC',
    },
  },
  'services-reverse-charge': {
    category: 'AE',
    phrase: {
      nl: 'Btw verlegd, art. 196 richtlijn 2006/112/EG',
      en: 'Reverse charge, art. 196 Directive 2006/112/EC',
    },
  },
  'domestic-reverse-charge': {
    category: 'AE',
    phrase: { nl: 'Btw verlegd', en: 'Reverse charge' },
  },
  export: {
    category: 'G',
    phrase: {
      nl: 'Uitvoer, btw 0 %, art. 146 richtlijn 2006/112/EG',
      en: 'Export, VAT 0 %, art. 146 Directive 2006/112/EC',
    },
  },
  'services-outside-eu': {
    category: 'E',
    phrase: {
      nl: 'Niet aan btw onderworpen: dienst buiten de EU, art. 44 en 59 richtlijn 2006/112/EG',
      en: 'Not subject to VAT: service outside the EU, art. 44 and 59 Directive 2006/112/EC',
    },
  },
  'small-business': {
    category: 'E',
    phrase: {
      nl: 'Vrijgesteld van btw, kleineondernemersregeling',
      en: 'Exempt from VAT, small-business scheme',
    },
  },
  margin: {
    category: 'E',
    phrase: {
      nl: 'Bijzondere regeling – gebruikte goederen',
      en: 'Margin scheme – second-hand goods',
    },
  },
  voucher: {
    category: 'E',
    phrase: { nl: 'Cadeaubon, btw bij inwisseling', en: 'Gift card, VAT when redeemed' },
  },
  deposit: {
    category: 'E',
    phrase: { nl: 'Statiegeld, geen btw verschuldigd', en: 'Deposit, no VAT due' },
  },
}
