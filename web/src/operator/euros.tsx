import { useFormat } from '../i18n/format.ts'

/** Cents as euros in text: 14520 as "145.20". Never a fraction of a cent: cents are whole. */
export const inEuros = (cents: number): string => (cents / 100).toFixed(2)

/** @returns null for what is no amount of euros with at most two decimals, with a point or a comma */
export const readEuros = (text: string): number | null => {
  const read = /^(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(text.trim())
  if (read === null) return null
  const [, whole = '0', part = ''] = read
  return Number(whole) * 100 + Number(part.padEnd(2, '0'))
}

export const Euros = ({ cents }: { cents: number }) => useFormat().money(inEuros(cents), 'EUR')
