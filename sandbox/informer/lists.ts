import { type Books } from './books.ts'
import { formatDecimal } from './decimal.ts'

/** One list for a configuration screen: its items as both versions write them (contract §8, §10). */
export interface SettingList {
  /** The key that v1 puts it under. */
  key: string
  items(books: Books, search: string): { id: number; members: Record<string, unknown> }[]
}

const entries = <T extends { id: number }>(
  items: readonly T[],
  write: (item: T) => Record<string, unknown>,
) => items.map((item) => ({ id: item.id, members: write(item) }))

const flag = (value: boolean): number => (value ? 1 : 0)

/** The lists by the last part of their path. */
export const settingLists = (books: Books): ReadonlyMap<string, SettingList> =>
  new Map<string, SettingList>([
    [
      'vat',
      {
        key: 'vat',
        items: ({ account }) =>
          entries(account.vat, (rate) => ({
            name: rate.name,
            percentage: formatDecimal(rate.percentage),
            invoice_type: String(rate.invoiceType),
            vat_code: rate.vatCode,
          })),
      },
    ],
    [
      'ledgers',
      {
        key: 'ledgers',
        items: ({ account }) =>
          entries(account.ledgers, (ledger) => ({
            number: ledger.number,
            description: ledger.description,
            type: String(ledger.type),
            category: String(ledger.category),
            vat_report_id: '0',
            blocked: String(flag(ledger.blocked)),
          })),
      },
    ],
    [
      'templates',
      {
        key: 'templates',
        items: ({ account }) =>
          entries(account.templates, ({ description, type, isDefault }) => ({
            description,
            type,
            default: flag(isDefault),
          })),
      },
    ],
    [
      'payment-conditions',
      {
        key: books.switches.paymentConditionsKey,
        items: ({ account }) =>
          entries(account.paymentConditions, (condition) => ({
            description: condition.description,
            payment_option: condition.paymentOption,
            days: condition.days,
            footer_text_invoice: '',
            footer_text_quotation: '',
            default: flag(condition.isDefault),
          })),
      },
    ],
    [
      'currencies',
      {
        key: 'currencies',
        items: ({ account }) =>
          entries(account.currencies, ({ currency, description, rate }) => ({
            currency,
            description,
            rate,
            autoupdate: '0',
            journal_id: '0',
            ledger_id: '0',
            bank_id: '0',
          })),
      },
    ],
    [
      'costs',
      {
        key: 'costs',
        items: ({ account }) =>
          entries(account.costs, ({ number, description }) => ({ number, description })),
      },
    ],
    [
      'products',
      {
        key: 'products',
        items: ({ account }, search) =>
          entries(
            account.products.filter(({ code }) =>
              code.toLowerCase().includes(search.toLowerCase()),
            ),
            ({ code, description }) => ({
              product_code_sales: code,
              product_code_purchase: '',
              description_sales: description,
              description_purchase: '',
              product_type: '1',
              amount_sales: '0.00',
              amount_purchase: '0.00',
            }),
          ),
      },
    ],
  ])

/** The one administration behind the key, as v1 writes it (contract §8). */
export const writeAdministration = ({ account }: Books): Record<string, unknown> => ({
  company_name: account.companyName,
  street: 'Havenweg',
  house_number: '8',
  house_number_suffix: 'b',
  zip: '3011 AB',
  city: 'Rotterdam',
  country: 'NL',
  phone_number: '0101234567',
  email: 'info@example.org',
  web: '',
  coc: '11223344',
  vat: 'NL001122334B55',
  iban: '',
  trade_module: account.tradeModule,
})
