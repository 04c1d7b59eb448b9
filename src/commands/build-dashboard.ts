import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'

const project = path.resolve(import.meta.dirname, '../..')
const built = path.join(project, 'web/dist/index.html')
const sources = [
  'web/src',
  'web/index.html',
  'web/vite.config.ts',
  'web/precompress.ts',
  'src/server/api.ts',
  'package-lock.json',
]

/** The time of the newest change below `file`, in milliseconds; 0 when there is none. */
const newest = async (file: string): Promise<number> => {
  const found = await stat(file).catch(() => null)
  if (found === null) return 0
  if (!found.isDirectory()) return found.mtimeMs
  const names = await readdir(file)
  return Math.max(0, ...(await Promise.all(names.map((name) => newest(path.join(file, name))))))
}

/**
 * Builds the dashboard when it was never built or its sources are newer, so that a fresh clone needs no
 * second command. Without the tools to build it (a production install) what is there is served.
 */
export const buildDashboard = async (): Promise<void> => {
  const vite = path.join(project, 'node_modules/vite/bin/vite.js')
  if (!existsSync(vite)) return
  const builtMs = (await stat(built).catch(() => null))?.mtimeMs ?? 0
  const changedMs = Math.max(
    ...(await Promise.all(sources.map((each) => newest(path.join(project, each))))),
  )
  if (builtMs > changedMs) return
  await promisify(execFile)(process.execPath, [vite, 'build', 'web', '--logLevel', 'error'], {
    cwd: project,
  })
}
