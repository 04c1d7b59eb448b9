import type { Draft, DraftLine } from '../../../sale/draft.ts'
import type { BooksFacts } from '../../accounting.ts'
import { codingOf } from '../../vat-coding.ts'
import { system } from './fields.ts'
import type { RompslompSettings } from './settings.ts'

export type Facts = BooksFacts<RompslompSettings>

/**
 * The row of the merchant's VAT table for a line. Rompslomp calculates with the VAT type and ignores the rate
 * we send (contract §0 point 4); only types of the custom kind take it.
 */
export const codeOf = (draft: Draft, line: DraftLine, facts: Facts) =>
  codingOf(system, draft, line, facts)
