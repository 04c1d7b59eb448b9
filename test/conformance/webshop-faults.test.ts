import { describe, expect, it } from 'vitest'
import type { FaultKind } from '../../sandbox/kit/faults.ts'
import type { ProblemCode } from '../../src/problems/catalogue.ts'
import type { Trouble } from '../../src/problems/reason.ts'
import { webshopSystems } from './webshop-systems.ts'
import { collect, readSound, setStage, troubleOf, type Stage } from './webshop-stage.ts'

interface Expected {
  /** Survived when null. */
  code: ProblemCode | null
  cure?: Trouble['cure']
  delayMs?: number
}

const later = (code: ProblemCode): Expected => ({ code, cure: 'later' })

/** What every kind of misbehaviour of a remote has to come to on a read. The compiler finds a new kind. */
const expected: Record<FaultKind, Expected> = {
  latency: { code: null, delayMs: 50 },
  'slow-body': { code: null, delayMs: 50 },
  'error-before': later('REMOTE_TROUBLE'),
  'error-after': later('REMOTE_TROUBLE'),
  'timeout-before': later('REMOTE_SILENT'),
  'timeout-after': later('REMOTE_SILENT'),
  'rate-limit': later('RATE_LIMITED'),
  'bad-json': later('REMOTE_NOT_JSON'),
  html: later('REMOTE_HTML'),
  truncated: later('REMOTE_SILENT'),
  'reset-before': later('REMOTE_SILENT'),
  'reset-after': later('REMOTE_SILENT'),
  'late-effect': { ...later('REMOTE_SILENT'), delayMs: 10 },
  unauthorized: { code: 'CREDENTIALS_REFUSED', cure: 'reconnect' },
}

const kinds = Object.entries(expected) as [FaultKind, Expected][]

describe.each(Object.entries(webshopSystems))('%s', (_, system) => {
  const { connector } = system

  /** Everything that reads, at the same time. */
  const readEverything = async (stage: Stage, isSilent = false) => {
    const session = { ...stage.session(), ...(isSilent && { http: stage.hasty() }) }
    const [order] = stage.shop.placeMany(1)
    if (order === undefined) throw new Error('nothing was placed')
    const period = { from: '2026-01-01', until: '2026-12-31' }
    const acts = {
      choices: () => connector.choices(session),
      read: () => connector.read(session, order.ref),
      changes: () => collect(connector.changes(session, null)),
      history: () => collect(connector.history(session, period, null)),
    }
    const troubles = Object.entries(acts).map(async ([name, act]) => {
      const trouble = await troubleOf(act, stage)
      return [name, trouble && { code: trouble.reason.code, cure: trouble.cure }] as const
    })
    const findings = await connector.check(session)
    return {
      order,
      codes: [...new Set(findings.map(({ problem }) => problem?.code ?? null))],
      troubles: Object.fromEntries(await Promise.all(troubles)),
    }
  }

  it.each(kinds)('%s', async (fault, { code, cure, delayMs }) => {
    const stage = await setStage(system)
    stage.shop.faults.add({ fault, times: 0, ...(delayMs !== undefined && { delayMs }) })
    const isSilent = code === 'REMOTE_SILENT'
    const { order, codes, troubles } = await readEverything(stage, isSilent)
    const each = code === null ? null : { code, cure }
    expect({ codes, troubles }).toEqual({
      codes: [code],
      troubles: { choices: each, read: each, changes: each, history: each },
    })
    stage.shop.faults.clear()
    await readSound(system, stage.session(), order)
  })

  it('waits a minute or as long as it is told when there are too many calls', async () => {
    const stage = await setStage(system)
    const [order] = stage.shop.placeMany(1)
    if (order === undefined) throw new Error('nothing was placed')
    stage.shop.faults.add({ fault: 'rate-limit', times: 0 })
    const trouble = await troubleOf(() => connector.read(stage.session(), order.ref), stage)
    expect(trouble?.retryAfterMs).toBeGreaterThan(0)
  })

  it('gives up an answer that comes too slowly', async () => {
    const stage = await setStage(system)
    stage.shop.faults.add({ fault: 'slow-body', times: 0, delayMs: 2_000 })
    const { troubles } = await readEverything(stage, true)
    expect(troubles['read']).toEqual({ code: 'REMOTE_SILENT', cure: 'later' })
  })

  it.each([500, 503, 504])('takes a bare %i for trouble that passes', async (status) => {
    const stage = await setStage(system)
    stage.shop.faults.add({ fault: 'error-before', status, times: 0 })
    const { troubles } = await readEverything(stage)
    expect(troubles['changes']).toEqual({ code: 'REMOTE_TROUBLE', cure: 'later' })
  })

  it('does not take a page that says 404 for an order that is gone', async () => {
    const stage = await setStage(system)
    stage.shop.faults.add({ fault: 'error-before', status: 404, times: 0 })
    const { troubles } = await readEverything(stage)
    expect(troubles['read']).toMatchObject({ cure: 'later' })
  })
})
