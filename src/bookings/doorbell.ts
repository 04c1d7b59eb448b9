/**
 * The bell of a drain under way: who is told in this process that a sale came in, and finds the mailbox leased,
 * rings it, and the drain looks for what is new before its end.
 */
export interface Doorbell {
  ring(): void
  /** Resolves when it rings; at once when nobody has answered it yet. */
  rung(): Promise<unknown>
  /** @returns whether it rang since it was last answered */
  answer(): boolean
}

export const doorbell = (): Doorbell => {
  const fresh = () => Promise.withResolvers<undefined>()
  let next = fresh()
  let isRinging = false
  return {
    ring() {
      isRinging = true
      next.resolve(undefined)
    },
    rung: () => next.promise,
    answer() {
      if (!isRinging) return false
      isRinging = false
      next = fresh()
      return true
    },
  }
}
