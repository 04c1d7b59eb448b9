import { describe, expect, it, type TestContext } from 'vitest'
import { isHealthy } from '../../src/connectors/finding.ts'
import type { RawRequest, StoreInstall } from '../../src/connectors/webshop.ts'
import { isUnsupported, type StoreSide, type Values } from './webshop-system.ts'
import { webshopSystems } from './webshop-systems.ts'
import { offered, setStage, troubleOf, type Stage } from './webshop-stage.ts'

const codeOf = (result: { is: string; reason?: { code: string } }) =>
  result.reason?.code ?? result.is

const wrong = 'STORE_SIGNATURE_WRONG'

describe.each(Object.entries(webshopSystems))('%s', (_, system) => {
  const { connector } = system

  interface StoreStage extends Stage {
    side: StoreSide
    store: Required<Pick<StoreInstall<Values>, 'handshake' | 'finish'>> & StoreInstall<Values>
  }

  /** Skips, after checking that the connector says so too, where a platform has no app store. */
  const setStoreStage = async (context: TestContext): Promise<StoreStage> => {
    const stage = await setStage(system)
    const { store } = connector
    const isOffered = !isUnsupported(stage.shop.store)
    expect(connector.capabilities.store).toBe(isOffered)
    expect(store !== undefined).toBe(isOffered)
    const side = offered(context, stage.shop.store)
    if (store?.handshake === undefined || store.finish === undefined) throw new Error('incomplete')
    return { ...stage, side, store: store as StoreStage['store'] }
  }

  const opened = (open: RawRequest | null): RawRequest => {
    if (open === null) throw new Error('the platform did not go on')
    return open
  }

  it('installs from the handshake to the return of the browser, and ends with the uninstall', async (context) => {
    const stage = await setStoreStage(context)
    const { side, store, session } = stage
    const { handshake, open, account } = await side.install()

    const shaken = store.handshake(handshake, side.app)
    if (shaken.is === 'rejected') throw new Error(shaken.reason.code)
    expect(shaken.account).toBe(account)
    expect(store.open(opened(open), side.app)).toEqual({ is: 'verified', account })

    const shop = session({ credentials: shaken.credentials })
    expect(isHealthy(await connector.check(shop))).toBe(true)
    expect(side.isInstalled()).toBe(false)
    const { returnUrl } = await store.finish(shop)
    expect(side.isInstalled()).toBe(true)
    expect(new URL(returnUrl).host).toBe(stage.shop.host)
    // Safe to repeat: the browser may come back twice.
    expect(await store.finish(shop)).toEqual({ returnUrl })

    const uninstall = await side.uninstall('signed')
    expect(store.uninstall(uninstall, side.app)).toEqual({ is: 'verified', account })
    const order = stage.shop.place({ lines: [{ name: 'Mok', unitPrice: 1, vatPercent: 21 }] })
    const trouble = await troubleOf(() => connector.read(shop, order.ref), stage)
    expect(trouble).toMatchObject({ cure: 'reconnect', reason: { code: 'CREDENTIALS_REFUSED' } })
  })

  it('takes a handshake that comes twice for the same shop', async (context) => {
    const stage = await setStoreStage(context)
    const { handshake } = await stage.side.install()
    const first = stage.store.handshake(handshake, stage.side.app)
    expect(stage.store.handshake(handshake, stage.side.app)).toEqual(first)
  })

  it.for(['badly-signed', 'unsigned'] as const)(
    'refuses every call that is %s',
    async (how, context) => {
      const stage = await setStoreStage(context)
      const { side, store } = stage
      const { handshake } = await side.install({ handshake: how })
      expect(codeOf(store.handshake(handshake, side.app))).toBe(wrong)
      const { open } = await side.install({ link: how })
      expect(codeOf(store.open(opened(open), side.app))).toBe(wrong)
      expect(codeOf(store.uninstall(await side.uninstall(how), side.app))).toBe(wrong)
    },
  )

  it('refuses what was changed, belongs to another call, or meets no secret', async (context) => {
    const stage = await setStoreStage(context)
    const { side, store } = stage
    const { app } = side
    const { handshake, open: link, account } = await side.install()
    const open = opened(link)
    const uninstall = await side.uninstall('signed')

    const other = new URLSearchParams(
      [...open.query].map(([name, value]): [string, string] => [
        name,
        value === account ? `${value}x` : value,
      ]),
    )
    const results = {
      body: store.handshake({ ...handshake, body: `${handshake.body} ` }, app),
      link: store.open({ ...open, query: other }, app),
      noQuery: store.open({ ...open, query: new URLSearchParams() }, app),
      gone: store.uninstall({ ...uninstall, body: uninstall.body.replace(account, 'x') }, app),
      crossed: store.uninstall(handshake, app),
      crossedBack: store.handshake(uninstall, app),
    }
    for (const [title, result] of Object.entries(results)) {
      expect([title, codeOf(result)]).toEqual([title, wrong])
    }
    for (const secret of ['', 'another']) {
      const bare = { ...app, secret }
      for (const result of [
        store.handshake(handshake, bare),
        store.open(open, bare),
        store.uninstall(uninstall, bare),
      ]) {
        expect(result.is).toBe('rejected')
      }
    }
  })

  it('names a shop that never shook hands, for the engine to refuse', async (context) => {
    const stage = await setStoreStage(context)
    const { open, account } = await stage.side.install({ link: 'unknown-key' })
    const call = stage.store.open(opened(open), stage.side.app)
    if (call.is === 'rejected') throw new Error(call.reason.code)
    expect(call.account).not.toBe(account)
  })
})
