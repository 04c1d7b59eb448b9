import type { Amount } from '../../../money/amount.ts'

/**
 * An invoice or credit memo and its order in the words of Magento 2, with everything that is absent made
 * plain: what both Magentos are read into before anything is decided. Amounts are positive on both kinds.
 */
export interface MagentoHead {
  entity_id: string
  increment_id: string
  order_id: string
  /** 1 open, 2 paid or refunded, 3 cancelled. */
  state: string
  created_at: Date
  updated_at: string
  base_grand_total: Amount
}

export interface MagentoRow {
  name: string
  sku: string
  qty: Amount
  order_item_id: string
  base_price: Amount | null
  base_price_incl_tax: Amount | null
  /** null on rows that count nowhere: their parent or their children carry the money. */
  base_row_total: Amount | null
  base_row_total_incl_tax: Amount | null
  base_tax_amount: Amount
  base_discount_amount: Amount
  base_discount_tax_compensation_amount: Amount
  extension_attributes: {
    tax_amount4_decimals: Amount | null
    base_row_total4_decimals: Amount | null
  }
}

export interface MagentoDocument extends MagentoHead {
  /** Of a credit memo: the invoice it was made from; '' where it was made from the order. */
  invoice_id: string
  base_currency_code: string
  base_tax_amount: Amount | null
  base_subtotal: Amount
  /** Below zero, unlike those of the rows. */
  base_discount_amount: Amount
  base_discount_tax_compensation_amount: Amount
  base_shipping_amount: Amount
  base_shipping_tax_amount: Amount
  /** Sic. Zero where the header's sum already has it. */
  base_shipping_discount_tax_compensation_amnt: Amount
  base_adjustment: Amount
  discount_description: string
  items: MagentoRow[]
  extension_attributes: {
    paymethod_costs: Amount
    extra_payment_option_price: Amount
    extra_costs: Amount
    credit_point_discount: Amount
  }
}

export interface MagentoAddress {
  firstname: string
  lastname: string
  company: string
  street: string[]
  postcode: string
  city: string
  country_id: string
  telephone: string
  email: string
  vat_id: string
}

type MaybeAddress = MagentoAddress | null | undefined

export interface MagentoOrder {
  increment_id: string
  customer_email: string
  customer_firstname: string
  customer_lastname: string
  customer_id: string
  customer_taxvat: string
  customer_note: string
  items: {
    item_id: string
    parent_item_id: string
    tax_percent: Amount | null
    product_type: string
  }[]
  billing_address?: MaybeAddress
  payment?: { method: string } | null | undefined
  extension_attributes: {
    shipping_assignments: { shipping?: { address?: MaybeAddress } | null | undefined }[]
    payment_additional_info: { key: string; value: string }[]
    item_applied_taxes: { type: string; applied_taxes: { percent: Amount | null }[] }[]
    base_mollie_payment_fee: Amount
    base_mollie_payment_fee_tax: Amount
  }
}
