import type { RunLog } from './run-log.ts'

/** What a person may choose for a run; every part has its own idea of a small one. */
export interface Choices {
  /** The first seed. */
  seed: number
  seeds: number | null
  /** Sales in all of a part, or of each seed. */
  sales: number | null
  kills: number | null
  /** Inputs for each parser. */
  inputs: number | null
  /** Pairs of systems, `shop:books`; empty: as the part likes. */
  pairs: readonly string[]
  /** Words of which one must be in a crash point's name; empty: every point. */
  points: readonly string[]
  /** The commit of an older version; null: the one before the newest migration. */
  from: string | null
  /** Processes that work side by side. */
  jobs: number
  /** Where long parts write what they see as they see it, and find what they saw before. */
  log: RunLog
}

/** What came of one part. */
export interface PartResult {
  part: string
  seeds: number
  kills: number
  sales: number
  /** Counted at the sandboxes. */
  invoices: number
  lost: number
  doubled: number
  stuck: number
  /** From a death to the next thing done for its sale; null where nothing died. */
  longestRecoveryMs: number | null
  /** Whatever was wrong, each with how to see it again. */
  faults: readonly string[]
  /** Figures of this part's own, in words. */
  figures: readonly string[]
  tookMs: number
}

export const nothing = {
  seeds: 0,
  kills: 0,
  sales: 0,
  invoices: 0,
  lost: 0,
  doubled: 0,
  stuck: 0,
  longestRecoveryMs: null,
  faults: [],
  figures: [],
} satisfies Omit<PartResult, 'part' | 'tookMs'>

/** One kind of proof. */
export interface Part {
  name: string
  what: string
  run: (
    choices: Choices,
    tell: (line: string) => void,
  ) => Promise<Omit<PartResult, 'part' | 'tookMs'>>
}
