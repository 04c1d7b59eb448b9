import { useState } from 'react'
import { forget, keep, keptOr } from '../api/kept.ts'

/** A form over something that is stored. */
export interface Edited<T> {
  /** What the fields hold: what was typed, or else what is stored, also when another tab stores something else. */
  values: T
  /** What was stored when the typing began; the server refuses when that is no longer so. */
  was: T
  /** Something else was stored since then. */
  outdated: boolean
  change: (part: Partial<T>) => void
  /** Takes what is stored; what was typed is gone. */
  drop: () => void
  /** Goes on from what somebody else stored, with the fields that were changed here. */
  keepMine: () => void
}

interface Typed<T> {
  was: T
  values: T
}

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)

const fieldsOf = <T extends object>(value: T) => Object.keys(value) as (keyof T)[]

/** What was changed on the way from `was` to `values`. */
const changedIn = <T extends object>({ was, values }: Typed<T>): Partial<T> => {
  const changed: Partial<T> = {}
  for (const field of fieldsOf(values)) {
    if (!same(was[field], values[field])) changed[field] = values[field]
  }
  return changed
}

/** @param key names the person and the form; see api/kept.ts. @param stored with its fields always in one order */
export const useEdited = <T extends object>(key: string, stored: T): Edited<T> => {
  const [typed, setTyped] = useState(() => keptOr<Typed<T> | undefined>(key, undefined))
  const dirty = typed !== undefined && !same(typed.values, stored)
  const { was, values } = dirty ? typed : { was: stored, values: stored }
  const put = (next: Typed<T>) => {
    keep(key, next)
    setTyped(next)
  }
  return {
    values,
    was,
    outdated: dirty && !same(was, stored),
    change: (part) => put({ was, values: { ...values, ...part } }),
    drop: () => {
      forget(key)
      setTyped(undefined)
    },
    keepMine: () => put({ was: stored, values: { ...stored, ...changedIn({ was, values }) } }),
  }
}
