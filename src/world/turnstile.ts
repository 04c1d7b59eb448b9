/** Runs work with the same key one after the other, other work side by side; what fails holds up nobody. */
export type InTurn = <T>(key: string, work: () => Promise<T>) => Promise<T>

export const turnstile = (): InTurn => {
  const tails = new Map<string, Promise<unknown>>()
  return async (key, work) => {
    const before = tails.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    tails.set(key, mine)
    try {
      return await mine
    } finally {
      if (tails.get(key) === mine) tails.delete(key)
    }
  }
}
