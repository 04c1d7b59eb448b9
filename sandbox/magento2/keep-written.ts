import { type Fields } from './json.ts'

/**
 * Writes something once, and again only when it has changed or the shop has been switched: a list that is asked
 * for a page looks at everything there is.
 * @param revisionOf another number whenever `write` would write something else
 * @param switches another object whenever the shop is switched
 */
export function keepWritten<T extends object>(
  revisionOf: (it: T) => number,
  switches: () => object,
  write: (it: T) => Fields,
): (it: T) => Fields {
  const kept = new WeakMap<T, { revision: number; switches: object; written: Fields }>()
  return (it) => {
    const now = { revision: revisionOf(it), switches: switches() }
    const before = kept.get(it)
    if (before?.revision === now.revision && before.switches === now.switches) return before.written
    const written = write(it)
    kept.set(it, { ...now, written })
    return written
  }
}
