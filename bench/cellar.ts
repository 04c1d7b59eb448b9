/** What must be put away at the end, however the run ends: processes, connections, folders. */
export interface Cellar {
  /** Put away in the reverse order of their coming. */
  add(close: () => Promise<void>): void
  /** Puts everything away; trouble with one thing does not spare the others. @throws the first error */
  empty(): Promise<void>
}

export const digCellar = (): Cellar => {
  const closers: (() => Promise<void>)[] = []
  return {
    add: (close) => void closers.push(close),
    empty: async () => {
      const troubles: unknown[] = []
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
        await close().catch((error: unknown) => troubles.push(error))
      }
      if (troubles.length > 0) throw troubles[0]
    },
  }
}
