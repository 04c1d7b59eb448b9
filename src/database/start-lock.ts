import { randomBytes } from 'node:crypto'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { EmbeddedDatabaseError } from './embedded-error.ts'

/** How long a start may take, and how long others wait for it. */
export const startSecondsMax = 60

/** Whether a process with this number exists. */
export const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Several processes may be told to start the same database; one does, the others wait for it. */
export const withLock = async <T>(file: string, work: () => Promise<T>): Promise<T> => {
  // Written before it is the lock: a lock without a name in it could never be called stale.
  const mine = `${file}.${process.pid}-${randomBytes(4).toString('hex')}`
  await writeFile(mine, String(process.pid))
  try {
    return await lockedBy(mine, file, work)
  } finally {
    await rm(mine, { force: true })
  }
}

/** Whether `file` now is another name of `mine`; false when somebody else's file is there. */
const linked = (mine: string, file: string) =>
  link(mine, file).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    },
  )

const lockedBy = async <T>(mine: string, file: string, work: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; attempt < startSecondsMax * 10; attempt += 1) {
    if (await linked(mine, file)) {
      try {
        return await work()
      } finally {
        await rm(file, { force: true })
      }
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => '0'))
    if (holder > 0 && !isAlive(holder)) await rm(file, { force: true })
    await pause(100)
  }
  throw new EmbeddedDatabaseError(
    'DATABASE_FOLDER_TAKEN',
    `Another process has been starting the database in ${path.dirname(file)} for a minute. End it, or remove ${file}.`,
  )
}
