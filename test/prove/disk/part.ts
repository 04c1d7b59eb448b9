import { setTimeout as pause } from 'node:timers/promises'
import { databaseOn, connectPool } from '../../../src/database/connect.ts'
import { anyFreePort } from '../../../src/database/embedded.ts'
import { listening, makeHome, startProcess, until, type Running } from '../../crash/processes.ts'
import { startRemotes } from '../../crash/remotes.ts'
import { startJobs } from '../../../src/jobs/jobs.ts'
import { installIntegration, openTestEngine } from '../../support/engine.ts'
import { allPairs } from '../pairs.ts'
import { nothing, type Part, type PartResult } from '../part.ts'
import { startOwnServer, type OwnServer } from '../siege/own-server.ts'
import { countUp, type Merchant } from '../siege/town.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'

/** What a migrated database takes, and a little. */
const diskMegabytes = 400
const salesDefault = 120
/** A machine that is busy with other things is no fault. */
const startMsMax = 300_000
const endMsMax = 400_000
/** The shop goes on selling until the database had to say no this often. */
const refusalsWanted = 10
const fullSalesMax = 2_000
const sellEveryMs = 25
/** What the shop repeats by itself has come by then; the rest is a poll's. */
const pollAfterMs = 75_000

interface Scene {
  server: OwnServer
  disk: SmallDisk
  merchants: readonly Merchant[]
  sell: () => void
  sold: () => number
}

/** Attempts at webhooks that were not answered with 200. */
const refusalsOf = (merchants: readonly Merchant[]): number =>
  merchants
    .flatMap(({ remotes, sales }) => sales.flatMap((sale) => remotes.deliveries(sale)))
    .flatMap(({ statuses }) => statuses)
    .filter((status) => status !== 200).length

const sellSome = async ({ sell }: Scene, sales: number): Promise<void> => {
  for (let count = 0; count < sales; count += 1) {
    sell()
    await pause(sellEveryMs)
  }
}

/** @returns how many webhooks were not taken while there was no room */
const sellOnFullDisk = async (scene: Scene): Promise<number> => {
  const before = refusalsOf(scene.merchants)
  await scene.disk.fill()
  const refusals = () => refusalsOf(scene.merchants) - before
  for (let sold = 0; sold < fullSalesMax && refusals() < refusalsWanted; sold += 1) {
    await sellSome(scene, 1)
    // What the database had set aside is room too.
    if (sold % 20 === 0) await scene.disk.fill()
  }
  const refused = refusals()
  await scene.disk.clear()
  return refused
}

/** Sales whose webhook was answered with 200, and of which there is no row. */
const forgottenOf = (merchants: readonly Merchant[], known: ReadonlySet<string>): number =>
  merchants.flatMap(({ id, remotes, sales }) =>
    sales.filter(
      (sale) =>
        remotes.deliveries(sale).some(({ statuses }) => statuses.includes(200)) &&
        !known.has(`${id} ${sale.ref.id}`),
    ),
  ).length

const rowsOf = async (url: string) => {
  const pool = connectPool({ url, applicationName: 'disk' })
  try {
    return await databaseOn(pool).selectFrom('bookings').selectAll().execute()
  } finally {
    await pool.end()
  }
}

const play = async (
  scene: Scene,
  sales: number,
  pollAll: () => Promise<void>,
  tell: (line: string) => void,
): Promise<Omit<PartResult, 'part' | 'tookMs'>> => {
  const { server, merchants, sold } = scene
  const faults: string[] = []
  await sellSome(scene, Math.ceil(sales / 2))
  const refused = await sellOnFullDisk(scene)
  tell(`${refused} webhooks were not taken while the disk was full; there is room again`)
  if (refused === 0) faults.push('the disk was never full in earnest')
  const fell = await server.revive()
  const backMs = Date.now()
  await sellSome(scene, Math.ceil(sales / 2))
  const isOver = async () => {
    const rows = await rowsOf(server.url)
    const booked = rows.filter(({ state, dueAt }) => state === 'booked' && dueAt === null)
    return booked.length === sold() ? true : null
  }
  await until('all told again and booked', pollAfterMs, isOver, 1_000).catch(() => undefined)
  const forgotten = forgottenOf(
    merchants,
    new Set((await rowsOf(server.url)).map((row) => `${row.integrationId} ${row.shopId}`)),
  )
  if (forgotten > 0) faults.push(`${forgotten} webhooks were answered with 200 and not kept`)
  await pollAll()
  await until('the end of every sale', endMsMax, isOver, 1_000).catch(() => undefined)
  const tookS = Math.round((Date.now() - backMs) / 1000)
  const count = countUp(merchants, await rowsOf(server.url))
  return {
    ...nothing,
    ...count,
    seeds: 1,
    faults: [...faults, ...count.faults],
    figures: [
      `${refused} webhooks were not taken while the disk was full, none of those taken was forgotten`,
      fell ? 'the database ended of it and was started again' : 'the database lived on',
      `all booked ${tookS} s after there was room again`,
    ],
  }
}

/** The whole thing on a disk that is there. */
const runOn = async (
  disk: SmallDisk,
  sales: number,
  tell: (line: string) => void,
): Promise<Omit<PartResult, 'part' | 'tookMs'>> => {
  const server = await startOwnServer(disk.folder)
  const home = await makeHome()
  const pool = connectPool({ url: server.url })
  const db = databaseOn(pool)
  const bench = openTestEngine({ url: server.url, pool, db, close: () => Promise.resolve() })
  const jobs = await startJobs({ url: server.url, role: 'sender', onError: () => undefined })
  const port = await anyFreePort()
  const publicUrl = `http://127.0.0.1:${port}`
  const merchants: Merchant[] = []
  const running: Running[] = []
  const start = (program: 'web' | 'worker') => {
    const env = { DOORVOER_PORT: String(port), DOORVOER_PUBLIC_URL: publicUrl }
    const started = startProcess({ program, databaseUrl: server.url, home: home.folder, env })
    running.push(started)
    return started
  }
  try {
    // The shop that tells of its sales, with each of the books.
    for (const pair of allPairs.filter(({ webshop }) => webshop === 'kmoshops')) {
      const remotes = await startRemotes(pair)
      const { shop, books, settings } = remotes
      const id = await installIntegration(bench.engine, shop, books, { settings, publicUrl })
      merchants.push({ id, pair, remotes, sales: [] })
    }
    start('web')
    start('worker')
    await listening(port, startMsMax)
    let sold = 0
    const sell = () => {
      const merchant = merchants[sold % merchants.length]
      sold += 1
      if (merchant !== undefined) merchant.sales.push(merchant.remotes.place('send'))
    }
    const pollAll = async () => {
      for (const { id } of merchants) await jobs.send('poll', { integrationId: id }, id)
    }
    return await play({ server, disk, merchants, sell, sold: () => sold }, sales, pollAll, tell)
  } finally {
    for (const each of running) each.signal('SIGKILL')
    await Promise.all(running.map(({ ended }) => ended))
    await disk.clear()
    await jobs.stop(1_000)
    await bench.close()
    await pool.end()
    await Promise.all(merchants.map(({ remotes }) => remotes.close()))
    await server.stop()
    await home.remove()
  }
}

export const disk: Part = {
  name: 'disk',
  what: "the database's disk is full for a while, under webhooks and work (where one may mount a small one); --sales",
  async run({ sales }, tell) {
    const small = await mountSmallDisk(diskMegabytes).catch((error: unknown) => String(error))
    if (typeof small === 'string') {
      return {
        ...nothing,
        figures: [`NOT SHOWN: no disk can be mounted here (${small.slice(0, 200)})`],
      }
    }
    try {
      return await runOn(small, sales ?? salesDefault, tell)
    } finally {
      await small.remove()
    }
  },
}
