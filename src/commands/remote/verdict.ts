/** What became of one case against a real installation. */
export interface Verdict {
  system: string
  case: string
  is: 'passed' | 'failed' | 'not run'
  /** What was seen, or why it was not run. */
  detail: string
}

/** A case by its name: how it is run (what it answers is what was seen), or why it is not. */
export type Case = readonly [name: string, run: (() => Promise<string>) | { notRun: string }]

/** Runs one case: what it throws is why it failed. */
export const tryCase = async (system: string, [name, run]: Case): Promise<Verdict> => {
  const verdict = { system, case: name }
  if (typeof run !== 'function') return { ...verdict, is: 'not run', detail: run.notRun }
  try {
    return { ...verdict, is: 'passed', detail: await run() }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { ...verdict, is: 'failed', detail }
  }
}

/** Fails a case with what was seen instead. */
export const expectThat = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise)
}

/** Work that several cases need, done by the first that asks. */
export const once = <T>(work: () => Promise<T>): (() => Promise<T>) => {
  let result: Promise<T> | undefined
  return () => (result ??= work())
}
