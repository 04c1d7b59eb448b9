import { type Question, type TraderField } from './question.ts'
import { type Match } from './result.ts'

/** Who a number is registered to. */
export interface Trader {
  name: string
  address: string
}

/**
 * Compares the trader details of a question with what is registered. How states compare is a guess:
 * the name as a whole, the parts of the address as far as they occur in it, whatever the case.
 */
export function compareTrader(
  given: Question['trader'],
  { name, address }: Trader,
): Record<TraderField, Match> {
  const compare = (text: string, fits: (text: string) => boolean): Match => {
    if (text === '') return 'NOT_PROCESSED'
    return fits(plain(text)) ? 'VALID' : 'INVALID'
  }
  const isName = (text: string): boolean => text === plain(name)
  const isInAddress = (text: string): boolean => plain(address).includes(text)
  return {
    traderName: compare(given.traderName, isName),
    traderStreet: compare(given.traderStreet, isInAddress),
    traderPostalCode: compare(given.traderPostalCode, isInAddress),
    traderCity: compare(given.traderCity, isInAddress),
    // No company types are kept here.
    traderCompanyType: 'NOT_PROCESSED',
  }
}

function plain(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}
