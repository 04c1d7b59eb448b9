import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/** Why the PHP tests cannot run here; null when they can. */
export const phpMissing: string | null =
  spawnSync('php', ['--version']).status === 0 ? null : 'there is no php on this machine'

export interface Answer {
  body?: unknown
  headers?: Record<string, string>
  error?: string
}

/** Runs the resource classes over tables made of these documents, and answers each call. */
export const runPhp = (input: {
  documents?: Record<string, unknown[]>
  calls: { resource: string; query: Record<string, unknown> }[]
  includesTax?: boolean
  extra?: Record<string, string>
}): Answer[] => {
  const script = join(import.meta.dirname, '../../magento1-extension/tests/smoke.php')
  const { status, stdout, stderr } = spawnSync('php', [script], {
    input: JSON.stringify(input),
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`php failed: ${stdout}${stderr}`)
  return JSON.parse(stdout) as Answer[]
}
