import { reason, type Reason } from '../../../problems/reason.ts'

export const system = 'Informer'

const graphemes = new Intl.Segmenter('nl', { granularity: 'grapheme' })

/** Characters as a database counts them: code points, so that an emoji is one and not two. */
export const lengthOf = (text: string): number => Array.from(text).length

/** One line of text without control characters or halves of characters. */
export const clean = (text: string): string =>
  text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/** Cuts to at most `max` characters, never inside what a reader sees as one. */
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
