import type { Cursor } from '../../webshop.ts'

/**
 * What our cursor says: "2026-03-02T09:14:05Z", the shop's own moment up to which everything is listed, and
 * while a pass is under way also "+2026-03-02T09:04:05Z/2026-03-02T10:00:00Z/order/31596701": what it lists
 * from, how far the next pass may trust it, and the last id it had of which list.
 */
export interface Progress {
  done: Date | null
  open: { from: Date; mark: Date; list: 'order' | 'credit'; lastId: string } | null
}

const momentForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/

const readMoment = (text: string): Date | null => {
  const time = momentForm.test(text) ? Date.parse(text) : NaN
  return Number.isNaN(time) ? null : new Date(time)
}

const write = (moment: Date): string => `${moment.toISOString().slice(0, 19)}Z`

/** @returns null for a cursor that is none of ours, or from a time that has not come */
export const readCursor = (cursor: string, latest: Date): Progress | null => {
  const [doneText = '', openText, more] = cursor.split('+')
  const done = readMoment(doneText)
  const isOurs =
    more === undefined && (done !== null || (doneText === '' && openText !== undefined))
  if (!isOurs || (done !== null && done > latest)) return null
  if (openText === undefined) return { done, open: null }
  const [from = '', mark = '', list = '', lastId = '', rest] = openText.split('/')
  const [start, end] = [readMoment(from), readMoment(mark)]
  const isList = list === 'order' || list === 'credit'
  if (start === null || end === null || !isList || rest !== undefined || end > latest) return null
  return /^\d{1,20}$/.test(lastId) ? { done, open: { from: start, mark: end, list, lastId } } : null
}

export const writeCursor = ({ done, open }: Progress): Cursor => {
  const left = done === null ? '' : write(done)
  if (open === null) return left === '' ? null : left
  return `${left}+${write(open.from)}/${write(open.mark)}/${open.list}/${open.lastId}`
}
