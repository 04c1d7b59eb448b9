import type { Reason } from '../problems/reason.ts'

/** What the doctor found out about one right or one step of a connection. */
export interface Finding {
  /** What was tried, e.g. "read orders"; a word of the connector's README. */
  subject: string
  /** Absent when all is well; otherwise the catalogue's cause and remedy apply. */
  problem?: Reason
}

/** Whether a connection may be shown with a green dot. */
export const isHealthy = (findings: readonly Finding[]): boolean =>
  findings.every((finding) => finding.problem === undefined)
