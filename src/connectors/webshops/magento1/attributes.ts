/**
 * Which attributes must be ticked under REST - Attributes: without them api2 leaves them out in silence, and
 * a sale would look smaller than it is (contract §4.2). What may be null is there as null.
 */
const ofDocument: readonly [string, ...string[]] = [
  'entity_id',
  ...['increment_id', 'order_id', 'state', 'created_at', 'updated_at'],
  ...['base_currency_code', 'base_grand_total', 'base_subtotal', 'base_tax_amount'],
  ...['base_discount_amount', 'base_hidden_tax_amount'],
  ...['base_shipping_amount', 'base_shipping_tax_amount', 'items', 'order'],
]

const needed = {
  invoices: ofDocument,
  creditmemos: [...ofDocument, 'base_adjustment'],
  info: ['extension_version', 'stores'],
  paymentmethods: ['code', 'title'],
} as const satisfies Record<string, readonly [string, ...string[]]>

export type Resource = keyof typeof needed

/** The first attribute that is missing from an answer's item; null when all are there. */
export const missingAttribute = (resource: Resource, item: unknown): string | null => {
  // Nothing allowed at all: PHP writes an empty list (recordings).
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return needed[resource][0]
  return needed[resource].find((name) => !Object.hasOwn(item, name)) ?? null
}
