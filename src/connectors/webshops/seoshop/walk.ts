import { z } from 'zod'
import { reason, Trouble } from '../../../problems/reason.ts'
import { pageSize, system, type Api, type Query } from './api.ts'
import * as wire from './wire.ts'

export type Listed = z.infer<typeof wire.listed>

export interface WalkPage {
  items: readonly Listed[]
  /** The highest id so far, where the walk can be gone on with from it; null where it can't. */
  lastId: string | null
  isLast: boolean
}

/** 2.5 million: more orders than a shop of this platform has. */
const pagesMax = 10_000

const list = z.array(wire.listed)

const isAscending = (items: readonly Listed[], after: string): boolean => {
  let last = BigInt(after)
  for (const { id } of items) {
    if (BigInt(id) <= last) return false
    last = BigInt(id)
  }
  return true
}

/** By page number, in whatever order, each thing once. */
const byPage = async function* (
  api: Api,
  path: string,
  query: Query,
  seen: Set<string>,
): AsyncGenerator<WalkPage> {
  const had = new Set<string>()
  for (let page = 1; page <= pagesMax; page += 1) {
    const items = await api.get(path, list, {
      ...query,
      limit: String(pageSize),
      page: String(page),
    })
    // The same page for ever, or a cap on deep pages (contract §5), must not pass for the end of the list.
    const isNew = items.some(({ id }) => !had.has(id))
    if (items.length === pageSize && !isNew) break
    for (const { id } of items) had.add(id)
    const fresh = items.filter(({ id }) => !seen.has(id))
    for (const { id } of fresh) seen.add(id)
    const isLast = items.length < pageSize
    yield { items: fresh, lastId: null, isLast }
    if (isLast) return
  }
  throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'page' }))
}

/**
 * A whole list, by `since_id`: what is placed or changed meanwhile moves no page. That such a list is
 * ascending is implied and not documented (contract §5), so every page is looked at; a shop that sorts
 * otherwise is listed by page number.
 *
 * @param after the last id that is known already; '0' for all
 */
export const walk = async function* (
  api: Api,
  path: string,
  query: Query,
  after = '0',
): AsyncGenerator<WalkPage> {
  const seen = new Set<string>()
  let lastId = after
  for (let count = 0; count < pagesMax; count += 1) {
    const items = await api.get(path, list, {
      ...query,
      limit: String(pageSize),
      since_id: lastId,
    })
    const isLast = items.length < pageSize
    const isOrdered = isAscending(items, lastId)
    // All of it on the first page needs no order.
    if (!isOrdered && !(count === 0 && isLast)) {
      yield* byPage(api, path, query, seen)
      return
    }
    for (const { id } of items) seen.add(id)
    lastId = items.at(-1)?.id ?? lastId
    yield { items, lastId: isOrdered ? lastId : null, isLast }
    if (isLast) return
  }
  throw new Trouble('never', reason('REMOTE_SHAPE', { system, field: 'since_id' }))
}
