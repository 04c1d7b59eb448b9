import { setTimeout as pause } from 'node:timers/promises'
import { databaseOn, connectPool } from '../../../src/database/connect.ts'
import { migrate, migrationNames } from '../../../src/database/migrate.ts'
import { makeHome, startProcess, until, type Running } from '../../crash/processes.ts'
import { allPairs, nameOf } from '../pairs.ts'
import { nothing, type Part, type PartResult } from '../part.ts'
import { startOwnServer, type OwnServer } from '../siege/own-server.ts'
import { countUp, openTown, type Town } from '../siege/town.ts'
import { chanceOf, type Chance } from '../simulate/world.ts'
import { startBalancer, type Balancer } from './balancer.ts'
import { unpackPrevious, type Previous } from './previous.ts'
import { openWebs, type Webs } from './webs.ts'

const salesDefault = 160
/** A machine that is busy with other things is no fault. */
const startMsMax = 300_000
/** Leases of the killed one, lost answers and their waits. */
const endMsMax = 400_000
const pollEveryMs = 3_000
const sellEveryMs = 40
/** Leases that each version must have had, for the two to have worked side by side. */
const leasesMin = 5
/** Webhooks that each version must have taken, for the same reason. */
const webhooksMin = 5
const lookEveryMs = 5_000

interface Scene {
  server: OwnServer
  town: Town
  home: string
  chance: Chance
  previous: Previous
  balancer: Balancer
  webs: Webs
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

const startWorker = async ({ server, home }: Scene, version?: string): Promise<Running> => {
  const worker = startProcess({
    program: 'worker',
    databaseUrl: server.url,
    home,
    ...(version !== undefined && { version }),
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

/** Sales of which a webhook brings word, or a poll: what is older than our own `see` must not be needed. */
const sell = async ({ town, chance }: Scene, sales: number): Promise<void> => {
  for (let sold = 0; sold < sales; sold += 1) {
    await town.sell(chance, 'webhook')
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

/** Webhooks that a web server refused or did not answer, and how many each took. */
const judgeWebhooks = ({ balancer, town }: Scene): { faults: string[]; figure: string } => {
  const answers = balancer.answers()
  const refused = Object.entries(answers).flatMap(([name, counts]) =>
    Object.entries(counts)
      .filter(([status]) => status !== '200')
      .map(([status, count]) => `the ${name} web server answered ${count} webhooks with ${status}`),
  )
  const untold = town.merchants.flatMap(({ remotes, sales }) =>
    sales.flatMap((sale) =>
      remotes.deliveries(sale).some(({ state }) => state !== 'delivered')
        ? [`a webhook of sale ${sale.number} was not delivered`]
        : [],
    ),
  )
  const figure = Object.entries(answers)
    .map(([name, counts]) => `the ${name} web server ${counts[200] ?? 0}`)
    .join(', ')
  return { faults: [...refused, ...untold], figure: `webhooks taken: ${figure}` }
}

/**
 * Two workers and a web server of the older version at work; as many new ones come, the first of which changes
 * the tables under them; both versions go on side by side, webhooks going to each web server in its turn while
 * a merchant looks at both; then the old ones are asked to end, and one of the workers killed.
 */
const play = async (
  scene: Scene,
  sales: number,
  tell: (line: string) => void,
): Promise<Omit<PartResult, 'part' | 'tookMs'>> => {
  const { town, previous, webs, balancer } = scene
  const over = new AbortController()
  const polling = (async () => {
    while (!over.signal.aborted) {
      await town.pollAll()
      await pause(pollEveryMs, null, { signal: over.signal }).catch(() => undefined)
    }
  })()
  const looking = (async () => {
    for (let turn = 0; !over.signal.aborted; turn += 1) {
      const some = [town.merchants[turn % town.merchants.length]?.id ?? '']
      await webs.look(some)
      await pause(lookEveryMs, null, { signal: over.signal }).catch(() => undefined)
    }
  })()
  // Told at the end.
  looking.catch(() => undefined)
  const taken = (name: string) => balancer.answers()[name]?.[200] ?? 0
  const all: Running[] = []
  const faults: string[] = []
  const quarter = Math.ceil(sales / 4)
  try {
    await webs.start('old', previous.folder)
    const old = [
      await startWorker(scene, previous.folder),
      await startWorker(scene, previous.folder),
    ]
    all.push(...old)
    await sell(scene, quarter)
    tell(`${quarter} sold, and two workers and a web server of ${previous.commit} at work`)
    const starting = Promise.all([startWorker(scene), startWorker(scene), webs.start('new', null)])
    await sell(scene, quarter)
    const young = (await starting).slice(0, 2)
    all.push(...young)
    const besideMs = Date.now()
    const oldBefore = taken('old')
    tell(`the tables went from ${previous.migration} to ${migrationNames.at(-1) ?? ''} under them`)
    for (let turns = 0; turns < 20; turns += 1) {
      await sell(scene, Math.ceil(quarter / 4))
      const [before, after] = [
        await leasesOf(scene, old, besideMs),
        await leasesOf(scene, young, besideMs),
      ]
      const webhooks = Math.min(taken('old') - oldBefore, taken('new'))
      const isEnough = before >= leasesMin && after >= leasesMin && webhooks >= webhooksMin
      if (turns >= 3 && isEnough) break
    }
    const beside = {
      old: await leasesOf(scene, old, besideMs),
      young: await leasesOf(scene, young, besideMs),
    }
    if (beside.old < leasesMin || beside.young < leasesMin) {
      faults.push(`not at work side by side: ${JSON.stringify(beside)}`)
    }
    const besideWebhooks = { old: taken('old') - oldBefore, young: taken('new') }
    if (besideWebhooks.old < webhooksMin || besideWebhooks.young < webhooksMin) {
      faults.push(`no webhooks side by side: ${JSON.stringify(besideWebhooks)}`)
    }
    const [asked, killed] = old
    const leaving = webs.end('old')
    const ending = asked?.stop()
    killed?.signal('SIGKILL')
    await sell(scene, quarter)
    const { code, signal } = (await ending) ?? {}
    if (code !== 0) {
      faults.push(`the old worker ended with ${code ?? signal}:\n${asked?.lastWords() ?? ''}`)
    }
    await leaving
    tell('the old ones are gone')
    await until(
      'the end of every sale',
      endMsMax,
      async () => ((await isOver(scene)) ? true : null),
      1_000,
    ).catch(() => undefined)
    over.abort()
    await polling
    await looking
    const { looks, faults: unseen } = webs.looked()
    const webhooks = judgeWebhooks(scene)
    const count = countUp(town.merchants, await town.bookings())
    return {
      ...nothing,
      ...count,
      kills: 1,
      seeds: 1,
      faults: [...faults, ...unseen, ...webhooks.faults, ...count.faults],
      figures: [
        `from ${previous.commit} (${previous.migration}) to ${migrationNames.at(-1) ?? ''}`,
        `side by side the old ones had ${beside.old} leases, the new ones ${beside.young}`,
        `${webhooks.figure}; side by side ${besideWebhooks.old} and ${besideWebhooks.young}`,
        `pages looked at: ${looks.old} at the old web server, ${looks.new} at the new one`,
      ],
    }
  } finally {
    over.abort()
    await polling.catch(() => undefined)
    await looking.catch(() => undefined)
    await webs.kill()
    for (const worker of all) worker.signal('SIGKILL')
    await Promise.all(all.map(({ ended }) => ended))
  }
}

export const upgrade: Part = {
  name: 'upgrade',
  what: 'workers and web servers of an older version and of this one side by side, while the tables change under load; --from, --sales',
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
    const balancer = await startBalancer()
    const pool = connectPool({ url: server.url })
    try {
      const town = await openTown(server, chosen, balancer.url)
      try {
        const plan = { pool, databaseUrl: server.url, home: home.folder, balancer }
        const webs = await openWebs(plan)
        await takeBack(server.url, previous.migration)
        const chance = chanceOf(seed)
        const scene = { server, town, home: home.folder, chance, previous, balancer, webs }
        return await play(scene, sales ?? salesDefault, tell)
      } finally {
        await town.close()
      }
    } finally {
      await pool.end()
      await balancer.close()
      await server.stop()
      await home.remove()
      await previous.remove()
    }
  },
}
