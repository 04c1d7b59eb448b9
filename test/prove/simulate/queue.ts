import type { World } from './world.ts'

export type JobKind = 'drain' | 'poll'

/** Whoever takes jobs. */
export interface Taker {
  isAlive(): boolean
  /** Jobs of a kind it has in hand. */
  inHand: Record<JobKind, number>
  take(kind: JobKind, integrationId: string): void
}

/** As pg-boss is used: at most one job of a kind and integration waits, and none is ever repeated. */
export interface Queue {
  send(kind: JobKind, integrationId: string): void
  join(taker: Taker): void
}

/** As in src/jobs. */
const atOnce: Readonly<Record<JobKind, number>> = { drain: 16, poll: 2 }

export const queueOn = (world: World, lost: () => boolean): Queue => {
  const waiting = new Map<string, { kind: JobKind; integrationId: string }>()
  const takers: Taker[] = []

  const handOut = () => {
    for (const [key, job] of waiting) {
      const free = takers.filter(
        (taker) => taker.isAlive() && taker.inHand[job.kind] < atOnce[job.kind],
      )
      if (free.length === 0) continue
      waiting.delete(key)
      if (lost()) continue
      world.chance.pick(free).take(job.kind, job.integrationId)
    }
    if (waiting.size > 0) world.after(2_000, handOut)
  }

  return {
    send(kind, integrationId) {
      waiting.set(`${kind} ${integrationId}`, { kind, integrationId })
      world.after(world.chance.between(1, 200), handOut)
    },
    join(taker) {
      takers.push(taker)
      world.after(0, handOut)
    },
  }
}
