import { randomBytes } from 'node:crypto'
import { cp, rename, rm, stat } from 'node:fs/promises'

export const exists = (file: string) =>
  stat(file).then(
    () => true,
    () => false,
  )

/** Copies a folder so that `to` is either absent or complete, also when others copy it at the same time. */
export const copyWhole = async (from: string, to: string): Promise<void> => {
  const part = `${to}.${process.pid}-${randomBytes(4).toString('hex')}`
  await cp(from, part, { recursive: true })
  await rename(part, to).catch(async (error: unknown) => {
    await rm(part, { recursive: true, force: true })
    if (!(await exists(to))) throw error
  })
}
