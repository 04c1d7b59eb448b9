import { describe, expect, it } from 'vitest'
import { isHealthy } from '../../src/connectors/finding.ts'
import type { Handshake, RawRequest, StoreInstall } from '../../src/connectors/webshop.ts'
import { isUnsupported, type StoreSide, type Values } from './webshop-system.ts'
import { webshopSystems } from './webshop-systems.ts'
import { itWhere, offered, setStage, troubleOf, type Stage } from './webshop-stage.ts'

const codeOf = (result: { is: string; reason?: { code: string } }) =>
  result.reason?.code ?? result.is

const wrong = 'STORE_SIGNATURE_WRONG'

const notApplicable = { is: 'not applicable' } as const

/** Those whose platform has an app store that installs over HTTP. */
const inStore = Object.entries(webshopSystems).filter(([, { lacks }]) => !lacks.includes('store'))

describe.each(inStore)('%s', (_, system) => {
  const { connector } = system

  interface StoreStage extends Stage {
    side: StoreSide
    store: StoreInstall<Values>
  }
  type Installed = Awaited<ReturnType<StoreSide['install']>>

  const setStoreStage = async (): Promise<StoreStage> => {
    const stage = await setStage(system)
    const { store } = connector
    const side = offered(stage.shop.store)
    if (store === undefined) throw new Error('a connector without the app store of its platform')
    expect(store.cancel !== undefined).toBe(!isUnsupported(side.cancel))
    expect(store.handshake !== undefined).toBe(!isUnsupported(side.handshake))
    expect(store.finish !== undefined).toBe(!isUnsupported(side.told))
    return { ...stage, side, store: store }
  }

  const opened = (open: RawRequest | null): RawRequest => {
    if (open === null) throw new Error('the platform did not go on')
    return open
  }

  /** The call that hands over credentials: the handshake, or the link itself where there is none. */
  const handOver = ({ store, side }: StoreStage, { handshake, open }: Installed): Handshake => {
    expect(store.handshake !== undefined).toBe(handshake !== null)
    if (handshake !== null && store.handshake !== undefined) {
      return store.handshake(handshake, side.app)
    }
    const answer = store.open(opened(open), side.app)
    if (answer.is === 'verified' && !('credentials' in answer))
      throw new Error('the link brings no credentials')
    return answer
  }

  const accepted = (answer: Handshake) => {
    if (answer.is === 'rejected') throw new Error(answer.reason.code)
    return answer
  }

  /** A session with what was handed over. */
  const connected = (stage: StoreStage, installed: Installed) => {
    const { credentials } = accepted(handOver(stage, installed))
    return stage.session({ credentials: { ...credentials, ...stage.side.standIn } })
  }

  it('installs from the hand-over to the return of the browser, and ends with the uninstall', async () => {
    const stage = await setStoreStage()
    const { side, store } = stage
    const installed = await side.install()
    const { handshake, open, account } = installed

    const handed = accepted(handOver(stage, installed))
    expect(handed.account).toBe(account)
    const link = store.open(opened(open), side.app)
    expect(link).toEqual(handshake === null ? handed : { is: 'verified', account })

    const shop = connected(stage, installed)
    expect(isHealthy(await connector.check(shop))).toBe(true)
    if (store.finish !== undefined && !isUnsupported(side.told)) {
      expect(side.told.isInstalled()).toBe(false)
      const { returnUrl } = await store.finish(shop)
      expect(side.told.isInstalled()).toBe(true)
      expect(new URL(returnUrl).host).toBe(stage.shop.host)
      // Safe to repeat: the browser may come back twice.
      expect(await store.finish(shop)).toEqual({ returnUrl })
    }

    const uninstall = await side.uninstall('signed')
    expect(store.uninstall(uninstall, side.app)).toEqual({ is: 'verified', account })
    const order = stage.shop.place({ lines: [{ name: 'Mok', unitPrice: 1, vatPercent: 21 }] })
    const trouble = await troubleOf(() => connector.read(shop, order.ref), stage)
    expect(trouble).toMatchObject({ cure: 'reconnect', reason: { code: 'CREDENTIALS_REFUSED' } })
  })

  const cancelled = 'hears that the subscription was cancelled, and goes on until the uninstall'
  itWhere(system, 'storeCancel')(cancelled, async () => {
    const stage = await setStoreStage()
    const { side, store } = stage
    const cancel = offered(side.cancel)
    const installed = await side.install()
    const request = await cancel.call('signed')
    expect(store.cancel?.(request, side.app)).toEqual({
      is: 'verified',
      account: installed.account,
    })
    expect(isHealthy(await connector.check(connected(stage, installed)))).toBe(true)
  })

  it('takes a hand-over that comes twice for the same shop', async () => {
    const stage = await setStoreStage()
    const installed = await stage.side.install()
    const first = accepted(handOver(stage, installed))
    expect(handOver(stage, installed)).toEqual(first)
  })

  it.for(['badly-signed', 'unsigned'] as const)('refuses every call that is %s', async (how) => {
    const stage = await setStoreStage()
    const { side, store } = stage
    const { handshake } = await side.install({ handshake: how })
    if (handshake !== null) {
      expect(codeOf(store.handshake?.(handshake, side.app) ?? notApplicable)).toBe(wrong)
    }
    const { open } = await side.install({ link: how })
    expect(codeOf(store.open(opened(open), side.app))).toBe(wrong)
    if (!isUnsupported(side.cancel)) {
      const cancel = await side.cancel.call(how)
      expect(codeOf(store.cancel?.(cancel, side.app) ?? notApplicable)).toBe(wrong)
    }
    expect(codeOf(store.uninstall(await side.uninstall(how), side.app))).toBe(wrong)
  })

  /** The request with one of its query's values changed. */
  const withQuery = (request: RawRequest, name: string): RawRequest => {
    const query = new URLSearchParams(request.query)
    query.set(name, `${query.get(name) ?? ''}1`)
    return { ...request, query }
  }

  it('refuses what was changed, belongs to another call, or meets no secret', async () => {
    const stage = await setStoreStage()
    const { side, store } = stage
    const { app } = side
    const { handshake, open: link, account } = await side.install()
    const open = opened(link)
    const uninstall = await side.uninstall('signed')

    const results: Record<string, { is: string; reason?: { code: string } }> = {
      noQuery: store.open({ ...open, query: new URLSearchParams() }, app),
      gone:
        uninstall.body === ''
          ? store.uninstall({ ...uninstall, query: new URLSearchParams() }, app)
          : store.uninstall({ ...uninstall, body: uninstall.body.replace(account, 'x') }, app),
      crossed: store.uninstall(handshake ?? open, app),
      crossedBack:
        handshake === null
          ? store.open(uninstall, app)
          : (store.handshake?.(uninstall, app) ?? notApplicable),
    }
    if (handshake !== null) {
      const changed = { ...handshake, body: `${handshake.body} ` }
      results['body'] = store.handshake?.(changed, app) ?? notApplicable
    }
    for (const name of side.signedInLink) {
      results[`link ${name}`] = store.open(withQuery(open, name), app)
      if (uninstall.query.has(name)) {
        results[`uninstall ${name}`] = store.uninstall(withQuery(uninstall, name), app)
      }
    }
    expect(Object.keys(results).length).toBeGreaterThanOrEqual(6)
    for (const [title, result] of Object.entries(results)) {
      expect([title, codeOf(result)]).toEqual([title, wrong])
    }
    for (const secret of ['', 'another']) {
      const bare = { ...app, secret }
      for (const result of [
        ...(handshake === null ? [] : [store.handshake?.(handshake, bare) ?? notApplicable]),
        store.open(open, bare),
        store.uninstall(uninstall, bare),
      ]) {
        expect(result.is).toBe('rejected')
      }
    }
  })

  const stranger = 'names a shop that never shook hands, for the engine to refuse'
  itWhere(system, 'storeHandshake')(stranger, async () => {
    const stage = await setStoreStage()
    const { open, account } = await stage.side.install({ link: 'unknown-key' })
    const call = stage.store.open(opened(open), stage.side.app)
    if (call.is === 'rejected') throw new Error(call.reason.code)
    expect(call.account).not.toBe(account)
  })
})
