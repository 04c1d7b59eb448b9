/** How fast a remote may be called, as its documentation or its answers say. */
export interface Pace {
  /** Calls per window and the length of the window. */
  calls: number
  windowMs: number
  /** How many calls may be under way at once. */
  concurrency: number
  /** Where the remote counts some calls apart from others: a name for what it counts together. */
  bucketOf?(method: string, url: string): string
}
