import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const blockBytes = 64 * 1024

/** A disk that is easily full. */
export interface SmallDisk {
  folder: string
  /** Takes all the room there is. */
  fill(): Promise<void>
  /** Gives it back. */
  clear(): Promise<void>
  remove(): Promise<void>
}

const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** Mounts a file system of its own in memory. @throws Error where this user or this machine may not mount */
export const mountSmallDisk = async (megabytes: number): Promise<SmallDisk> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-disk-'))
  try {
    run('mount', '-t', 'tmpfs', '-o', `size=${megabytes}m,mode=755`, 'tmpfs', folder)
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  await chmod(folder, 0o755)
  const ballast = path.join(folder, 'ballast')
  return {
    folder,
    async fill() {
      const file = await open(ballast, 'a')
      const blocks = (megabytes * 1024 * 1024) / blockBytes
      try {
        for (const bytes of [blockBytes, 1024]) {
          const block = Buffer.alloc(bytes, 1)
          for (let count = 0; count < blocks; count += 1) await file.appendFile(block)
        }
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        await file.close()
      }
    },
    clear: () => rm(ballast, { force: true }),
    async remove() {
      run('umount', '--lazy', folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}
