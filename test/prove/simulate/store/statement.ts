import type { Tabled } from './tables.ts'

export interface Result {
  rows: readonly object[]
  /** Rows written. */
  affected: number
}

/**
 * What one statement of the engine does, in memory. It is found by words of its text; a statement nobody
 * describes stops the run, and the mirror holds each against a real PostgreSQL.
 */
export interface Statement {
  name: string
  /** All of these are in its text, white space aside, and in no other statement's. */
  like: readonly string[]
  /** None of these is, where another statement says the same and more. */
  unlike?: readonly string[]
  run(db: Tabled, params: readonly unknown[]): Result
}

export const found = (rows: readonly object[]): Result => ({ rows, affected: 0 })
export const wrote = (affected: number, rows: readonly object[] = []): Result => ({
  rows,
  affected,
})

/** A refusal of PostgreSQL, by its SQLSTATE. */
export class Refused extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}
