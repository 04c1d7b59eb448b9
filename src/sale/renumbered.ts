import type { Reason } from '../problems/reason.ts'

/** A message about the nth of some lines, as one about the line of the sale at that place. */
export const renumbered = <T extends Pick<Reason, 'params'>>(
  why: T,
  places: readonly number[],
): T => {
  const { line } = why.params
  const place = typeof line === 'number' ? places[line - 1] : undefined
  return place === undefined ? why : { ...why, params: { ...why.params, line: place + 1 } }
}
