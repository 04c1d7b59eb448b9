import { reason, type Reason } from '../../../problems/reason.ts'

export const system = 'EenvoudigFactureren'

const graphemes = new Intl.Segmenter('nl', { granularity: 'grapheme' })

/** Characters as a database counts them: code points, so that an emoji is one and not two. */
export const lengthOf = (text: string): number => Array.from(text).length

/** One line of text without control characters or halves of characters: JSON and print can carry it. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/**
 * Cuts to at most `max` characters, never inside what a reader sees as one (an accent, an emoji of
 * several parts). The remote refuses what is too long (contract 2.1), so it never gets the chance.
 */
export const cut = (text: string, max: number): string => {
  const cleaned = clean(text)
  if (lengthOf(cleaned) <= max) return cleaned
  let kept = ''
  let length = 0
  for (const { segment } of graphemes.segment(cleaned)) {
    length += lengthOf(segment)
    if (length > max) break
    kept += segment
  }
  return kept.trim()
}

export const tooLong = (field: string, text: string, max: number): Reason =>
  reason('FIELD_TOO_LONG', { system, field, length: lengthOf(text), max })

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  '#39': "'",
  '#039': "'",
  amp: '&',
}

const unescaped = (text: string): string =>
  text.replace(/&(lt|gt|quot|apos|#0?39|amp);/g, (whole, name: string) => entities[name] ?? whole)

/**
 * Whether the remote's text is ours: apart from blanks around it, which recorded answers have (contract
 * 1.1), and from being written as HTML, which is not known of it but would hide an invoice from us.
 */
export const sameText = (theirs: string, ours: string): boolean =>
  clean(theirs) === ours || clean(unescaped(theirs)) === ours
