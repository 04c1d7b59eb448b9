import { z } from 'zod'
import { specialRows, type VatTable } from '../connectors/vat-table.ts'
import { amount } from '../money/amount.ts'
import type { DraftOptions } from '../sale/make-draft.ts'
import type { VatPosition } from '../sale/vat-position.ts'
import { supplies } from '../vat/supply.ts'

/** Where a merchant may be established: the VAT room knows these countries' own rules. */
export const homeCountries = ['NL', 'BE'] as const

const country = z.string().regex(/^[A-Z]{2}$/)
const products = z.array(z.string().trim().min(1).max(200)).max(5_000)

/** What the merchant decides about invoices in general, apart from both systems (spec §2.4). */
export const integrationSettings = z.object({
  /** Where the merchant is established. */
  homeCountry: z.enum(homeCountries).default('NL'),
  /** Which number leads on the invoice and finds it again. */
  leadingNumber: z.enum(['order', 'invoice']).default('order'),
  /** What the invoice carries to be found again; `{number}` is the leading number. */
  referenceTemplate: z
    .string()
    .trim()
    .max(40)
    .regex(/^[^{}\p{Cc}]*\{number\}[^{}\p{Cc}]*$/u)
    .default('{number}'),
  /** The merchant's own VAT number: VIES then gives a consultation number as proof. '' when not given. */
  vatNumber: z.string().trim().max(20).default(''),
  /** Under the one-stop shop distance sales carry the rates of their destination. */
  oneStopShop: z.enum(['yes', 'no', 'by-the-rates']).default('by-the-rates'),
  /** The Dutch KOR or the Belgian art. 56bis. */
  smallBusiness: z.boolean().default(false),
  domesticReverseCharge: z.boolean().default(false),
  /** Countries of VAT registrations besides the own one. */
  registrations: z.array(country).max(40).default([]),
  exportedMargin: z.enum(['export', 'margin']).default('export'),
  /** Where the shop rounds VAT. */
  rounding: z.enum(['row', 'unit', 'total']).default('row'),
  /** Percentages to assume where amounts leave several open, by territory. */
  defaultRates: z.record(z.string(), z.string().regex(/^\d{1,2}(\.\d{1,2})?$/)).default({}),
  /** What is sold, unless the lists below say otherwise of a product. */
  supply: z.enum([...supplies, 'by-the-shop']).default('goods'),
  /** SKUs or tax classes of what is something else than the merchant sells in general. */
  supplied: z
    .object({
      goods: products.default([]),
      service: products.default([]),
      digital: products.default([]),
    })
    .prefault({}),
  /** SKUs or tax classes that are no ordinary goods. */
  products: z
    .object({
      margin: products.default([]),
      voucher: products.default([]),
      deposit: products.default([]),
      'zero-rated': products.default([]),
    })
    .prefault({}),
  /** Sales to a destination at a percentage get this code and these ledgers; for systems with VAT codes. */
  vatTable: z
    .array(
      z.object({
        destination: z.union([country, z.enum(specialRows)]),
        percent: z.string().regex(/^\d{1,2}(\.\d{1,2})?$/),
        vatCode: z.string().max(200),
        ledgers: z
          .object({
            revenue: z.string().max(200).default(''),
            shipping: z.string().max(200).default(''),
            payment: z.string().max(200).default(''),
          })
          .prefault({}),
      }),
    )
    .max(500)
    .default([]),
  /** Sales paid by this method of the shop always go to this debtor; the method's id to the debtor's. */
  fixedDebtors: z.record(z.string(), z.string().max(200)).default({}),
  /** Whether a valid verdict of the last thirty days may stand in while VIES stays silent. */
  oldVerdicts: z.boolean().default(false),
  /** How long a sale waits for VIES before the merchant is asked to decide. */
  viesHoldHours: z.number().int().min(1).max(720).default(48),
  /** VAT on what leaves the EU: booked as the shop charged it, for VAT shown is VAT owed; or refused. */
  exportWithVat: z.enum(['book', 'refuse']).default('book'),
  /** The first sales are booked only after a person has looked at them and let them pass. */
  goAhead: z.boolean().default(false),
})

export type IntegrationSettings = z.output<typeof integrationSettings>

/** Settings as stored, with the defaults for what is missing. */
export const readIntegrationSettings = (stored: Record<string, unknown>): IntegrationSettings =>
  integrationSettings.parse(stored)

const oneStopShop = { yes: true, no: false, 'by-the-rates': 'by-the-rates' } as const

/** The merchant's settings as the VAT room takes them. */
const vatPositionOf = (settings: IntegrationSettings): VatPosition => ({
  home: settings.homeCountry,
  smallBusiness: settings.smallBusiness,
  oss: oneStopShop[settings.oneStopShop],
  domesticReverseCharge: settings.domesticReverseCharge,
  registrations: settings.registrations,
  exportedMargin: settings.exportedMargin,
  exportWithVat: settings.exportWithVat,
  rounding: settings.rounding,
  defaultRates: settings.defaultRates,
  marked: (['margin', 'voucher', 'deposit', 'zero-rated'] as const).map((marking) => ({
    marking,
    products: settings.products[marking],
  })),
  supply: settings.supply,
  supplied: supplies.map((supply) => ({ supply, products: settings.supplied[supply] })),
})

export const draftOptionsOf = (settings: IntegrationSettings): DraftOptions => ({
  leadingNumber: settings.leadingNumber,
  referenceTemplate: settings.referenceTemplate,
  vat: vatPositionOf(settings),
})

export const vatTableOf = ({ vatTable }: IntegrationSettings): VatTable =>
  vatTable.map((row) => ({ ...row, percent: amount(row.percent) }))
