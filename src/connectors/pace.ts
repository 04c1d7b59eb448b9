/** So many calls more, until the remote's window ends and it starts counting anew. */
export interface Allowance {
  callsLeft: number
  windowEndsInMs: number
}

/** One thing a remote counts calls by. */
export interface PaceWindow {
  /** Calls per window and the length of the window. */
  calls: number
  windowMs: number
  /** What the remote itself says is left, from the headers of an answer; null when it says nothing. */
  allowanceOf?(headers: Readonly<Record<string, string | undefined>>, now: Date): Allowance | null
}

/** How fast a remote may be called, as its documentation or its answers say. */
export interface Pace extends PaceWindow {
  /** How many calls may be under way at once. */
  concurrency: number
  /** Longer windows that the remote counts by as well, where there are any. */
  also?: readonly PaceWindow[]
  /** Where the remote counts some calls apart from others: a name for what it counts together. */
  bucketOf?(method: string, url: string): string
}
