import { readFile } from 'node:fs/promises'
import { pause } from './moment.ts'

const megabytes = (text: string, name: string): number => {
  const match = new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)
  return Number(match?.[1] ?? 0) / 1024
}

/** Memory of one process in megabytes: now, and the most there ever was (the kernel keeps that itself). */
export const rssOf = async (pid: number): Promise<{ nowMb: number; peakMb: number }> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return { nowMb: megabytes(status, 'VmRSS'), peakMb: megabytes(status, 'VmHWM') }
}

/**
 * Memory of processes that share much, in megabytes: what several use counts once (PSS). The sum of the RSS of
 * PostgreSQL's backends would count its shared buffers once per connection.
 */
export const pssOf = async (pids: readonly number[]): Promise<number> => {
  const rollups = await Promise.all(
    pids.map((pid) => readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')),
  )
  return rollups.reduce((sum, rollup) => sum + megabytes(rollup, 'Pss'), 0)
}

/** Measures every `everyMs` while `work` runs. @returns the largest value seen */
export const peakDuring = async <T>(
  measure: () => Promise<number>,
  work: () => Promise<T>,
  everyMs = 500,
): Promise<{ result: T; peak: number }> => {
  let peak = await measure()
  const running = { still: true }
  const watch = async () => {
    while (running.still) {
      await pause(everyMs)
      peak = Math.max(peak, await measure())
    }
  }
  const watching = watch()
  try {
    return { result: await work(), peak }
  } finally {
    running.still = false
    await watching
  }
}
