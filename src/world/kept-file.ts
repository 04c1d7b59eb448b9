import { readFile, writeFile } from 'node:fs/promises'

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code

/** The text of `file`, or null when there is none. */
const readKept = async (file: string): Promise<string | null> => {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
    return null
  }
}

/** How often a file that somebody else is writing at this moment is looked at again. */
const looksMax = 100
const lookEveryMs = 10

/**
 * The text of `file`; when there is none it is made first, readable by its owner only. Processes that start
 * together get the same text: one makes it, the others read it.
 */
export const readOrMake = async (file: string, make: () => string): Promise<string> => {
  for (let look = 0; look < looksMax; look += 1) {
    const kept = await readKept(file)
    if (kept !== null && kept !== '') return kept
    if (kept === null) {
      const made = make()
      try {
        await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
        return made
      } catch (error) {
        if (codeOf(error) !== 'EEXIST') throw error
      }
    }
    // Made by another process a moment ago, and perhaps not written yet.
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs))
  }
  throw new Error(`${file} is empty`)
}
