import type { Side } from '../database/schema.ts'
import type { Reason } from '../problems/reason.ts'

/** What working on one booking taught about the remotes; the drain acts on it. */
export type Report =
  | { is: 'fine' }
  /** Temporary trouble; `restMs` when the remote asked for rest. */
  | { is: 'trouble'; restMs: number | null }
  /** The credentials of one end are refused: nothing more can be done until somebody reconnects. */
  | { is: 'broken'; side: Side; reason: Reason }
  /** The lease is lost: stop. */
  | { is: 'overtaken' }
