/** One guard, how it is taken away, and the test that must notice. */
export interface Mutation {
  /** The case of the threat model that the guard is for. */
  against: string
  file: string
  /** Exact text that stands in the file once, and what takes its place. */
  edits: readonly (readonly [from: string, to: string])[]
  test: string
  /** Part of the full name of a test that must fail. */
  notices: string
}
