import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const entry = z.object({ commit: z.string(), part: z.string(), key: z.string(), seen: z.unknown() })

/**
 * What a long run saw so far, a line for each piece, written as soon as it was seen: a run that is broken off has told
 * what it found, and goes on from there when it is given the same file again.
 */
export interface RunLog {
  /** What was seen of a piece of this part, by the same commit; of several times the last. */
  seen(key: string): unknown
  write(key: string, seen: unknown): void
}

/** Where nobody wants one. */
export const noLog: RunLog = { seen: () => undefined, write: () => undefined }

const readLines = (file: string): z.infer<typeof entry>[] =>
  !existsSync(file)
    ? []
    : readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => entry.parse(JSON.parse(line)))

/** @param commit only what this one saw counts as seen */
export const openRunLog = (file: string, commit: string, part: string): RunLog => {
  const before = new Map(
    readLines(file)
      .filter((each) => each.commit === commit && each.part === part)
      .map(({ key, seen }) => [key, seen]),
  )
  return {
    seen: (key) => before.get(key),
    write: (key, seen) => appendFileSync(file, `${JSON.stringify({ commit, part, key, seen })}\n`),
  }
}
