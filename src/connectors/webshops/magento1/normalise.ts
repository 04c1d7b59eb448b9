import { zero } from '../../../money/amount.ts'
import type { MagentoAddress, MagentoDocument, MagentoOrder } from '../magento/document.ts'
import type { WireAddress, WireDocument } from './wire.ts'

/**
 * An answer of our extension in the words of Magento 2, whose arithmetic is the same (contract §5): hidden tax
 * is the discount's compensation, and the header's holds the shipping's part already.
 */
export const documentOf = (wire: WireDocument): MagentoDocument => ({
  entity_id: wire.entity_id,
  increment_id: wire.increment_id,
  order_id: wire.order_id,
  state: wire.state,
  created_at: wire.created_at,
  updated_at: wire.updated_at,
  base_grand_total: wire.base_grand_total,
  invoice_id: wire.invoice_id,
  base_currency_code: wire.base_currency_code,
  base_tax_amount: wire.base_tax_amount,
  base_subtotal: wire.base_subtotal,
  base_discount_amount: wire.base_discount_amount,
  base_discount_tax_compensation_amount: wire.base_hidden_tax_amount,
  base_shipping_amount: wire.base_shipping_amount,
  base_shipping_tax_amount: wire.base_shipping_tax_amount,
  base_shipping_discount_tax_compensation_amnt: zero,
  base_adjustment: wire.base_adjustment,
  discount_description: wire.discount_description || wire.order.coupon_code,
  items: wire.items.map((row) => ({
    name: row.name,
    sku: row.sku,
    qty: row.qty,
    order_item_id: row.order_item_id,
    base_price: row.base_price,
    base_price_incl_tax: row.base_price_incl_tax,
    base_row_total: row.base_row_total,
    base_row_total_incl_tax: row.base_row_total_incl_tax,
    base_tax_amount: row.base_tax_amount,
    base_discount_amount: row.base_discount_amount,
    base_discount_tax_compensation_amount: row.base_hidden_tax_amount,
    extension_attributes: {
      tax_amount4_decimals: row.tax_amount4_decimals,
      base_row_total4_decimals: row.base_row_total4_decimals,
    },
  })),
  extension_attributes: {
    paymethod_costs: wire.paymethod_costs,
    extra_payment_option_price: wire.extra_payment_option_price,
    extra_costs: wire.extra_costs,
    credit_point_discount: wire.credit_point_discount,
  },
})

const addressOf = (address: WireAddress): MagentoAddress | null =>
  address == null
    ? null
    : {
        ...address,
        lastname: [address.middlename, address.lastname].filter((part) => part !== '').join(' '),
        street: address.street.split(/\r?\n/).map((line) => line.trim()),
      }

/** The order part of a document, with its rows' order items: what the rates are read from. */
export const orderOf = ({ order, items }: WireDocument): MagentoOrder => {
  const title = { key: 'method_title', value: order.payment_title }
  return {
    increment_id: order.increment_id,
    customer_email: order.customer_email,
    // Names are only in the addresses.
    customer_firstname: '',
    customer_lastname: '',
    customer_id: order.customer_id,
    customer_taxvat: order.customer_taxvat,
    customer_note: '',
    items: items.map((row) => ({
      item_id: row.order_item_id,
      parent_item_id: row.order_item.parent_item_id,
      tax_percent: row.order_item.tax_percent,
      product_type: row.order_item.product_type,
    })),
    billing_address: addressOf(order.billing_address),
    payment: { method: order.payment_method },
    extension_attributes: {
      shipping_assignments: [{ shipping: { address: addressOf(order.shipping_address) } }],
      payment_additional_info: [title, ...order.payment_additional_info],
      // Magento 1 keeps no rate of the shipping: it follows from the amounts.
      item_applied_taxes: [],
      base_mollie_payment_fee: zero,
      base_mollie_payment_fee_tax: zero,
    },
  }
}
