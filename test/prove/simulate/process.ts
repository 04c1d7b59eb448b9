import { sql } from 'kysely'
import type { Ring } from '../../../src/bookings/commits-room.ts'
import { commitsOn } from '../../../src/bookings/commits.ts'
import { dueBookingsOn } from '../../../src/bookings/due-bookings.ts'
import { takenReferencesOn } from '../../../src/bookings/taken-references.ts'
import { carryOn, withCrashPoints, type AtCrashPoint } from '../../../src/bookings/crash-points.ts'
import type { Engine } from '../../../src/bookings/engine.ts'
import { newKey, parseKeyRing } from '../../../src/merchants/key-ring.ts'
import { vaultOf } from '../../../src/merchants/vault.ts'
import { seededRandom } from '../../../src/world/random.ts'
import { lifeOf, type Life } from './life.ts'
import type { Network } from './network.ts'
import { databaseFor } from './store/dialect.ts'
import { isSimulatedError, type Server } from './store/server.ts'
import type { Swarm } from './swarm.ts'
import type { World } from './world.ts'

/** Everything the processes of one run share. */
export interface Site {
  world: World
  swarm: Swarm
  server: Server
  network: Network
  /** Told of what must never happen. */
  fail(what: string): void
}

/** One process of ours: the real engine, with everything outside simulated. */
export interface Process {
  life: Life
  engine: Engine
  /** Follows something to its end: trouble that was made here is expected, everything else is a fault. */
  follow(what: string, work: Promise<unknown>): Promise<void>
}

const keyRing = parseKeyRing(newKey('test', seededRandom(1)))

/** @param dying whether it may die at crash points */
export const startProcess = (site: Site, name: string, dying: boolean): Process => {
  const { world, swarm, server, network } = site
  const { chance } = world
  const life = lifeOf(world, name, dying ? chance.between(-swarm.skewMs, swarm.skewMs) : 0)
  const random = seededRandom(chance.whole(0, 2 ** 31))
  const db = databaseFor(world, server, life, swarm)
  const { clock } = life
  const ring: Ring = async (trx, integrationId) => {
    await sql`select simulated_ring(${integrationId})`.execute(trx)
  }
  const at: AtCrashPoint =
    !dying || swarm.crash === 0
      ? carryOn
      : (point) => {
          if (swarm.isCalm() || !chance.happens(swarm.crash)) return
          world.log(`${name} dies ${point}`)
          life.die()
          return new Promise<void>(() => undefined)
        }

  const tell = (what: string, error: unknown) => {
    if (!life.isAlive()) return
    if (isSimulatedError(error)) world.log(`${name} ${what}: ${(error as Error).message}`)
    else site.fail(`${name} ${what}: ${error instanceof Error ? error.stack : String(error)}`)
  }
  const engine: Engine = {
    db,
    vault: vaultOf(keyRing, random),
    clock,
    random,
    workerName: name,
    http: network.clientFor(life),
    vies: {
      check: () =>
        Promise.resolve({
          is: 'valid',
          checkedAt: clock.now(),
          consultationNumber: 'WAPI-TEST',
          name: null,
          address: null,
          requesterRefused: false,
        }),
    },
    apps: {},
    commits: withCrashPoints(commitsOn({ db, clock, random, ring }), at),
    dueBookings: dueBookingsOn(db, clock),
    takenReferences: takenReferencesOn(db),
    ring,
    ringSurvey: () => Promise.resolve(),
    sellsLicences: false,
    observe: () => undefined,
    announce: () => undefined,
    at,
    onFault: (error) => tell('a bug', error),
    concurrency: 20,
    paces: {},
    lateEffectMs: {},
    pacers: new Map(),
    doorbells: new Map(),
    renewals: new Map(),
  }
  return {
    life,
    engine,
    follow: (what, work) =>
      work.then(
        () => undefined,
        (error: unknown) => tell(what, error),
      ),
  }
}
