import { readdir, readFile } from 'node:fs/promises'

/** USER_HZ: 100 on every Linux. */
const ticksPerSecond = 100

interface Stat {
  pid: number
  parentPid: number
  /** Time of the process itself, all its threads, in milliseconds. */
  ownMs: number
  /** Time of its children that ended and were waited for. */
  endedChildrenMs: number
}

/** @returns null when there is no such process any more */
const readStat = async (pid: number): Promise<Stat | null> => {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  if (text === null) return null
  // The second field is a name in parentheses that may hold blanks; the third stands behind the last of them.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ms = (index: number) => (Number(fields[index]) / ticksPerSecond) * 1000
  return {
    pid,
    parentPid: Number(fields[1]),
    ownMs: ms(11) + ms(12),
    endedChildrenMs: ms(13) + ms(14),
  }
}

/** CPU time of some processes so far, in milliseconds, user and system. */
export const cpuMsOf = async (pids: readonly number[]): Promise<number> => {
  const stats = await Promise.all(pids.map(readStat))
  return stats.reduce((sum, stat) => sum + (stat?.ownMs ?? 0), 0)
}

const childrenOf = async (parent: number): Promise<Stat[]> => {
  const names = await readdir('/proc')
  const stats = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readStat(Number(name))),
  )
  return stats.filter((stat): stat is Stat => stat?.parentPid === parent)
}

const readsMax = 20

/**
 * CPU time of a PostgreSQL server so far, backends that have ended included, in milliseconds. Read again when one
 * ended while it was being read: its time would be missing, or be there twice.
 */
export const postgresCpuMs = async (postmasterPid: number): Promise<number> => {
  for (let read = 0; read < readsMax; read += 1) {
    const before = await readStat(postmasterPid)
    const children = await childrenOf(postmasterPid)
    const after = await readStat(postmasterPid)
    if (after === null) break
    if (before?.endedChildrenMs !== after.endedChildrenMs) continue
    return children.reduce((sum, child) => sum + child.ownMs, after.ownMs + after.endedChildrenMs)
  }
  throw new Error(`the CPU time of the server ${postmasterPid} can't be read`)
}

/** The parent of a process, from /proc. */
export const parentOf = async (pid: number): Promise<number> => {
  const stat = await readStat(pid)
  if (stat === null) throw new Error(`there is no process ${pid}`)
  return stat.parentPid
}
