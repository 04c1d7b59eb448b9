import { decide, ignore, process as processAgain } from '../../../src/bookings/decisions.ts'
import { review } from '../../../src/bookings/polling.ts'
import { planted } from './checkers.ts'
import type { Process, Site } from './process.ts'
import type { Queue } from './queue.ts'
import type { Mishap } from './swarm.ts'
import type { Sale, Tenant } from './tenant.ts'
import type { Worker } from './worker.ts'

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** Who and what there is in a run. */
export interface Scene {
  site: Site
  office: Process
  queue: Queue
  tenants: readonly Tenant[]
  /** null: dead, and not started again yet. */
  workers: readonly (Worker | null)[]
}

/** The shop tells of a sale; when nobody answers it tries a few times more. */
const tell = async (scene: Scene, tenant: Tenant, sale: Sale, tries = 4): Promise<void> => {
  const { site, office } = scene
  const seen = office.engine.commits.see(tenant.id, [{ ref: sale.ref }], 'live')
  try {
    await seen
  } catch {
    await office.follow('a webhook', seen)
    if (tries > 1) site.world.after(minute, () => void tell(scene, tenant, sale, tries - 1))
  }
}

const mention = (scene: Scene, tenant: Tenant, sale: Sale): void => {
  const { world, swarm } = scene.site
  const { arrives, twice, late } = swarm.webhooks
  if (!world.chance.happens(arrives)) return
  const delayMs = world.chance.happens(late) ? world.chance.between(minute, day) : 100
  const copies = world.chance.happens(twice) ? 2 : 1
  for (let copy = 0; copy < copies; copy += 1) {
    world.after(delayMs + copy * world.chance.between(0, 500), () => void tell(scene, tenant, sale))
  }
}

const sell = (scene: Scene, customers: number): void => {
  const { world, swarm } = scene.site
  const { chance } = world
  const tenant = chance.pick(scene.tenants)
  const { shop, sales } = tenant
  const buyer = chance.whole(1, customers)
  const email = `${planted}-${buyer}@klant.example`
  const paid = shop.pay === null || !chance.happens(swarm.unpaid)
  const placed = shop.place({
    email,
    name: `Zwanehals ${planted}`,
    // Whole cents without VAT: what shops make of others is held to its own proofs (test/property).
    priceCents: 121 * chance.whole(1, 800),
    quantity: chance.whole(1, 5),
    paid,
  })
  const sale: Sale = { ...placed, email, paid, cancelled: false }
  sales.push(sale)
  world.log(`sale ${sale.number} of ${sale.totalCents} cents at ${tenant.pair.webshop}`)
  mention(scene, tenant, sale)
  if (!paid && chance.happens(0.8)) {
    world.after(chance.between(minute, 2 * day), () => {
      if (sale.cancelled) return
      shop.pay?.(sale)
      sale.paid = true
      mention(scene, tenant, sale)
    })
  }
  if (shop.cancel !== null && chance.happens(swarm.cancelled)) {
    world.after(chance.between(0, day), () => {
      shop.cancel?.(sale)
      sale.cancelled = true
      mention(scene, tenant, sale)
    })
  }
}

/**
 * A machine that was suspended at the very moment between a reservation and its request sends it when it wakes, and
 * no clock of its own tells it how late that is. As long as this is shorter than what a remote may take to let a
 * request take effect, whoever took over still waits.
 */
const suspendedMsMax = minute

const mishapOf: Readonly<Record<Mishap, (scene: Scene) => void | Promise<void>>> = {
  'worker dies'({ site: { world }, workers }) {
    world.chance.pick(workers)?.process.life.die()
  },
  'worker sleeps'({ site: { world }, workers }) {
    world.chance.pick(workers)?.process.life.freeze(world.chance.between(5_000, 2 * minute))
  },
  'machine is suspended'({ site: { world }, workers }) {
    const life = world.chance.pick(workers)?.process.life
    const durationMs = world.chance.between(5_000, suspendedMsMax)
    life?.suspend(durationMs)
    // It goes on with the old time until it next asks the database for it.
    world.after(durationMs + world.chance.between(0, 30_000), () => life?.setRight())
  },
  'database restarts': ({ site: { world, server } }) =>
    server.restart(world.chance.between(0, 5_000)),
  'shop is down'({ site: { world }, tenants }) {
    world.chance.pick(tenants).shopStation.downUntilMs =
      world.nowMs() + world.chance.between(minute, 6 * hour)
  },
  'books are down'({ site: { world }, tenants }) {
    world.chance.pick(tenants).booksStation.downUntilMs =
      world.nowMs() + world.chance.between(minute, 6 * hour)
  },
  'credentials are refused'({ site: { world }, tenants }) {
    const { shopStation, booksStation } = world.chance.pick(tenants)
    const station = world.chance.pick([shopStation, booksStation])
    station.lockedUntilMs = world.nowMs() + world.chance.between(minute, day)
  },
  'a clock jumps'({ site: { world, swarm }, workers }) {
    const life = world.chance.pick(workers)?.process.life
    life?.jump(world.chance.between(-swarm.jumpMs, swarm.jumpMs))
    // Until somebody sees it; what a shop makes of a signature of another day meanwhile is a refusal.
    world.after(world.chance.between(minute, 2 * day), () => life?.setRight())
  },
}

/** What a person of the merchant does about what stands in the list; sure of what they see in the books. */
export const tidyUp = async (
  { site: { server, world }, office: { engine } }: Scene,
  tenant: Tenant,
  how: 'now and then' | 'thoroughly',
): Promise<void> => {
  const { chance } = world
  const numbers = new Map(tenant.books.invoices().map((each) => [each.reference, each.number]))
  for (const booking of server.db.table('bookings').of(tenant.id)) {
    const { id, state, reference, changedAt } = booking
    const isWilling = how === 'thoroughly' || chance.happens(0.3)
    if (state === 'parked' && isWilling) {
      // Long enough after whatever was lost on the way.
      if (world.now().getTime() - changedAt.getTime() < hour) continue
      const remoteNumber = numbers.get(reference ?? '')
      await decide(
        engine,
        tenant.id,
        id,
        remoteNumber === undefined
          ? { decision: 'book-again' }
          : { decision: 'it-is-there', remoteNumber },
      )
    } else if (state === 'refused' && isWilling) {
      await processAgain(engine, tenant.id, { bookingIds: [id] })
    } else if (how === 'thoroughly' && state === 'closed' && booking.reasonCode === 'IGNORED') {
      await processAgain(engine, tenant.id, { bookingIds: [id] })
    } else if (how === 'now and then' && chance.happens(0.02)) {
      await processAgain(engine, tenant.id, { bookingIds: [id] })
    } else if (how === 'now and then' && chance.happens(0.005)) {
      await ignore(engine, tenant.id, { bookingIds: [id] })
    }
  }
}

/** Plans everything that happens in the days of a run. */
export const planHappenings = (scene: Scene): void => {
  const { site, office, queue, tenants } = scene
  const { world, swarm } = site
  const { chance } = world
  const untilMs = swarm.days * day
  const customers = Math.max(3, Math.round(swarm.sales / tenants.length / chance.pick([1, 3, 10])))
  const bursts = Array.from({ length: swarm.bursts ?? 0 }, () => chance.between(0, untilMs))
  for (let count = 0; count < swarm.sales; count += 1) {
    const atMs =
      bursts.length === 0
        ? chance.between(0, untilMs)
        : chance.pick(bursts) + chance.between(0, 20_000)
    world.after(atMs, () => sell(scene, customers))
  }
  for (let count = 0; count < swarm.mishapCount; count += 1) {
    const mishap = chance.weighed(swarm.mishaps)
    if (mishap === null) break
    world.after(chance.between(0, untilMs), () => {
      world.log(mishap)
      return mishapOf[mishap](scene)
    })
  }
  for (let atMs = swarm.pollEveryMs; atMs < untilMs; atMs += swarm.pollEveryMs) {
    world.after(atMs, () => {
      for (const { id } of tenants) queue.send('poll', id)
    })
  }
  for (let atMs = day; atMs < untilMs; atMs += day) {
    world.after(atMs, () => {
      void office.follow('a review', review(office.engine))
      for (const tenant of tenants) {
        void office.follow('a person', tidyUp(scene, tenant, 'now and then'))
      }
    })
  }
}
