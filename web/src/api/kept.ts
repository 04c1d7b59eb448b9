/**
 * What somebody typed and did not send yet, in the memory of this page only: it survives signing in again
 * after a session that ended, and nothing of it is ever written down. Keys name the person and the form.
 */
const kept = new Map<string, unknown>()
const keptMax = 20

export const keep = (key: string, value: unknown): void => {
  kept.delete(key)
  kept.set(key, value)
  const [oldest] = kept.keys()
  if (kept.size > keptMax && oldest !== undefined) kept.delete(oldest)
}

/** @returns what a form of the same kind kept under exactly this key, or else `otherwise` */
export const keptOr = <T>(key: string, otherwise: T): T =>
  kept.has(key) ? (kept.get(key) as T) : otherwise

export const forget = (key: string): void => {
  kept.delete(key)
}
