import { setTimeout as pause } from 'node:timers/promises'
import { databaseOn, connectPool } from '../../../src/database/connect.ts'
import { migrate, migrationNames } from '../../../src/database/migrate.ts'
import { makeHome, startProcess, until, type Running } from '../../crash/processes.ts'
import { allPairs, nameOf } from '../pairs.ts'
import { nothing, type Part, type PartResult } from '../part.ts'
import { startOwnServer, type OwnServer } from '../siege/own-server.ts'
import { countUp, openTown, type Town } from '../siege/town.ts'
import { chanceOf, type Chance } from '../simulate/world.ts'
import { unpackPrevious, type Previous } from './previous.ts'

const salesDefault = 160
/** A machine that is busy with other things is no fault. */
const startMsMax = 300_000
/** Leases of the killed one, lost answers and their waits. */
const endMsMax = 400_000
const pollEveryMs = 3_000
const sellEveryMs = 40
/** Leases that each version must have had, for the two to have worked side by side. */
const leasesMin = 5

interface Scene {
  server: OwnServer
  town: Town
  home: string
  chance: Chance
  previous: Previous
}

/** The tables as the older version knows them. */
const takeBack = async (url: string, migration: string): Promise<void> => {
  const pool = connectPool({ url, answerMsMax: Infinity })
  try {
    await migrate(databaseOn(pool) as never, migration)
  } finally {
    await pool.end()
  }
}

const startWorker = async ({ server, home }: Scene, main?: string): Promise<Running> => {
  const worker = startProcess({
    program: 'worker',
    databaseUrl: server.url,
    home,
    ...(main !== undefined && { main }),
  })
  const ended = worker.ended.then(({ code, signal }) => {
    throw new Error(`a worker ended with ${code ?? signal}:\n${worker.lastWords()}`)
  })
  const runs = until('a worker that runs', startMsMax, () =>
    worker.lastWords().includes('Doorvoer is running') ? true : null,
  )
  // Whichever loses tells nobody.
  for (const each of [ended, runs]) each.catch(() => undefined)
  await Promise.race([ended, runs])
  return worker
}

/** Sales of which a poll brings word: what is older than our own `see` must not be needed. */
const sell = async ({ town, chance }: Scene, sales: number): Promise<void> => {
  for (let sold = 0; sold < sales; sold += 1) {
    await town.sell(chance, true)
    await pause(sellEveryMs)
  }
}

const leasesOf = async ({ town }: Scene, workers: readonly Running[], sinceMs: number) => {
  const pids = new Set(workers.map(({ pid }) => pid))
  return (await town.takings()).filter(({ pid, atMs }) => pids.has(pid) && atMs > sinceMs).length
}

const isOver = async ({ town }: Scene): Promise<boolean> => {
  const sold = town.merchants.reduce((sum, { sales }) => sum + sales.length, 0)
  const rows = await town.bookings()
  return rows.filter(({ state, dueAt }) => state === 'booked' && dueAt === null).length === sold
}

/**
 * Two workers of the older version at work; two new ones come, the first of which changes the tables under
 * them; both versions go on side by side; then one old worker is asked to end, and the other killed.
 */
const play = async (
  scene: Scene,
  sales: number,
  tell: (line: string) => void,
): Promise<Omit<PartResult, 'part' | 'tookMs'>> => {
  const { town, previous } = scene
  const over = new AbortController()
  const polling = (async () => {
    while (!over.signal.aborted) {
      await town.pollAll()
      await pause(pollEveryMs, null, { signal: over.signal }).catch(() => undefined)
    }
  })()
  const all: Running[] = []
  const faults: string[] = []
  const quarter = Math.ceil(sales / 4)
  try {
    const old = [await startWorker(scene, previous.main), await startWorker(scene, previous.main)]
    all.push(...old)
    await sell(scene, quarter)
    tell(`${quarter} sold, and two workers of ${previous.commit} at work`)
    const starting = Promise.all([startWorker(scene), startWorker(scene)])
    await sell(scene, quarter)
    const young = await starting
    all.push(...young)
    const besideMs = Date.now()
    tell(`the tables went from ${previous.migration} to ${migrationNames.at(-1) ?? ''} under them`)
    for (let turns = 0; turns < 20; turns += 1) {
      await sell(scene, Math.ceil(quarter / 4))
      const [before, after] = [
        await leasesOf(scene, old, besideMs),
        await leasesOf(scene, young, besideMs),
      ]
      if (turns >= 3 && before >= leasesMin && after >= leasesMin) break
    }
    const beside = {
      old: await leasesOf(scene, old, besideMs),
      young: await leasesOf(scene, young, besideMs),
    }
    if (beside.old < leasesMin || beside.young < leasesMin) {
      faults.push(`not at work side by side: ${JSON.stringify(beside)}`)
    }
    const [asked, killed] = old
    const ending = asked?.stop()
    killed?.signal('SIGKILL')
    await sell(scene, quarter)
    const { code, signal } = (await ending) ?? {}
    if (code !== 0) {
      faults.push(`the old worker ended with ${code ?? signal}:\n${asked?.lastWords() ?? ''}`)
    }
    tell('the old ones are gone')
    await until(
      'the end of every sale',
      endMsMax,
      async () => ((await isOver(scene)) ? true : null),
      1_000,
    ).catch(() => undefined)
    over.abort()
    await polling
    const count = countUp(town.merchants, await town.bookings())
    return {
      ...nothing,
      ...count,
      kills: 1,
      seeds: 1,
      faults: [...faults, ...count.faults],
      figures: [
        `from ${previous.commit} (${previous.migration}) to ${migrationNames.at(-1) ?? ''}`,
        `side by side the old ones had ${beside.old} leases, the new ones ${beside.young}`,
      ],
    }
  } finally {
    over.abort()
    await polling.catch(() => undefined)
    for (const worker of all) worker.signal('SIGKILL')
    await Promise.all(all.map(({ ended }) => ended))
  }
}

export const upgrade: Part = {
  name: 'upgrade',
  what: 'workers of an older version and of this one side by side, while the tables change under load; --from, --sales',
  async run({ seed, sales, pairs, from }, tell) {
    const chosen = allPairs.filter((pair) => pairs.length === 0 || pairs.includes(nameOf(pair)))
    const previous = await unpackPrevious(from).catch((error: unknown) => String(error))
    if (typeof previous === 'string') {
      return {
        ...nothing,
        figures: [`NOT SHOWN: no older version here (${previous.slice(0, 200)})`],
      }
    }
    const server = await startOwnServer()
    const home = await makeHome()
    try {
      const town = await openTown(server, chosen)
      try {
        await takeBack(server.url, previous.migration)
        const scene = { server, town, home: home.folder, chance: chanceOf(seed), previous }
        return await play(scene, sales ?? salesDefault, tell)
      } finally {
        await town.close()
      }
    } finally {
      await server.stop()
      await home.remove()
      await previous.remove()
    }
  },
}
