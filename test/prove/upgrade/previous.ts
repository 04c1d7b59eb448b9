import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const project = path.resolve(import.meta.dirname, '../../..')
const migrations = 'src/database/migrations'
const bytesMax = 256 * 1024 * 1024

/** An older version of ours that can be run. */
export interface Previous {
  commit: string
  folder: string
  /** The last migration it knows. */
  migration: string
  remove(): Promise<void>
}

const git = (...args: string[]): Buffer =>
  execFileSync('git', args, {
    cwd: project,
    maxBuffer: bytesMax,
    stdio: ['ignore', 'pipe', 'pipe'],
  })

const say = (...args: string[]): string =>
  git(...args)
    .toString('utf8')
    .trim()

/** The commit before the one that added the newest migration. */
const beforeNewestMigration = (): string => {
  const added = say('log', '--diff-filter=A', '-1', '--format=%H', '--', migrations)
  return say('rev-parse', '--verify', `${added}^`)
}

/**
 * Unpacks an older version out of the repository's own history. It runs on the packages of this one.
 * @param from a commit; null: the one before the newest migration
 * @throws Error when there is no history, or no such commit in it
 */
export const unpackPrevious = async (from: string | null): Promise<Previous> => {
  const commit =
    from === null ? beforeNewestMigration() : say('rev-parse', '--verify', `${from}^{commit}`)
  const migration = say('ls-tree', '--name-only', commit, `${migrations}/`)
    .split('\n')
    .map((file) => path.basename(file, '.ts'))
    .filter((name) => /^\d{4}-[a-z-]+$/.test(name))
    .sort()
    .at(-1)
  if (migration === undefined) throw new Error(`commit ${commit} has no migrations`)
  const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-previous-'))
  execFileSync('tar', ['-x', '-C', folder], {
    input: git('archive', '--format=tar', commit),
  })
  await symlink(path.join(project, 'node_modules'), path.join(folder, 'node_modules'))
  return {
    commit: commit.slice(0, 12),
    folder,
    migration,
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}
