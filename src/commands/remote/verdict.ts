/** What became of one case against a real installation. */
export interface Verdict {
  system: string
  case: string
  is: 'passed' | 'failed' | 'not run'
  /** What was seen, or why it was not run. */
  detail: string
}

/** Runs one case: what it answers is what was seen; what it throws is why it failed. */
export const tryCase = async (
  system: string,
  name: string,
  run: () => Promise<string>,
): Promise<Verdict> => {
  try {
    return { system, case: name, is: 'passed', detail: await run() }
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    return { system, case: name, is: 'failed', detail }
  }
}

/** Fails a case with what was seen instead. */
export const expectThat = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new Error(otherwise)
}

export const notRun = (system: string, name: string, detail: string): Verdict => ({
  system,
  case: name,
  is: 'not run',
  detail,
})
