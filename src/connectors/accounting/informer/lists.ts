import {
  wireCondition,
  wireCosts,
  wireCurrency,
  wireInvoice,
  wireLedger,
  wireProduct,
  wireRelation,
  wireTemplate,
  wireVat,
} from './wire.ts'

/** The lists of v1 that we read, with the keys that their items lie under (contract §6–8). */
export const lists = {
  relations: { path: '/v1/relations/', keys: ['relation'], item: wireRelation },
  invoices: { path: '/v1/invoices/sales/', keys: ['sales'], item: wireInvoice },
  vat: { path: '/v1/vat/', keys: ['vat'], item: wireVat },
  ledgers: { path: '/v1/ledgers/', keys: ['ledgers'], item: wireLedger },
  templates: { path: '/v1/templates/', keys: ['templates'], item: wireTemplate },
  paymentConditions: {
    path: '/v1/payment-conditions/',
    // What clients read, and what the document says.
    keys: ['payment_conditions', 'paymentconditions'],
    item: wireCondition,
  },
  currencies: { path: '/v1/currencies/', keys: ['currencies'], item: wireCurrency },
  costs: { path: '/v1/costs/', keys: ['costs'], item: wireCosts },
  products: { path: '/v1/products/', keys: ['products'], item: wireProduct },
} as const
