import { createHash } from 'node:crypto'
import { clean } from './fields.ts'

/**
 * The `external_invoice_id` of a reference. A digest, so that it has no comma or operator, which a filter
 * can't carry, keeps within 50 characters, and tells upper from lower case where the server doesn't.
 */
export const externalIdOf = (reference: string): string =>
  `doorvoer-${createHash('sha256').update(clean(reference)).digest('hex').slice(0, 40)}`
