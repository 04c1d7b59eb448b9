import { readFile, writeFile } from 'node:fs/promises'

/** The text of `file`; when there is none it is made first, readable by its owner only. */
export const readOrMake = async (file: string, make: () => string): Promise<string> => {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const made = make()
    await writeFile(file, `${made}\n`, { mode: 0o600, flag: 'wx' })
    return made
  }
}
