import { describe, expect, it } from 'vitest'
import { decide } from '../../../../sandbox/magento1/testing/admin-browser.ts'
import { Trouble } from '../../../problems/reason.ts'
import { isHealthy } from '../../finding.ts'
import { liveShop } from '../../../../test/support/magento1-shop.ts'
import { magento1 } from './index.ts'
import { signIn } from './sign-in.ts'

const returnAddress = 'https://koppeling.voorbeeld.nl/sign-in?shop=42'
const state = 'a b&c=é'

const codeOf = async (act: () => Promise<unknown>) => {
  try {
    await act()
    return null
  } catch (error) {
    if (error instanceof Trouble) return [error.reason.code, error.cure]
    throw error
  }
}

type Live = Awaited<ReturnType<typeof liveShop>>

const begin = ({ remote, filledIn }: Live) =>
  signIn.begin(remote, { credentials: filledIn, returnAddress, state })

/** What the browser brings back, once the administrator decided. */
const backFrom = async ({ shop }: Live, goTo: string, decision: 'confirm' | 'reject') => {
  const { location } = await decide(shop, goTo, decision)
  return new URL(location ?? '')
}

const finish = (live: Live, kept: Readonly<Record<string, string>>, query: URLSearchParams) =>
  signIn.finish(live.remote, { credentials: live.filledIn, returnAddress, kept, query })

describe('connecting', () => {
  it('asks for consent in the admin, and reads with what it gets', async () => {
    const live = await liveShop()
    const { goTo, kept } = await begin(live)
    expect(goTo).toMatch(new RegExp(`^${live.shop.adminUrl}/oauth_authorize\\?oauth_token=`))
    const back = await backFrom(live, goTo, 'confirm')
    expect(back.href.startsWith('https://koppeling.voorbeeld.nl/sign-in?shop=42&state=')).toBe(true)
    expect(back.searchParams.get('state')).toBe(state)
    const credentials = await finish(live, kept, back.searchParams)
    const { adminUrl, consumerKey, consumerSecret } = live.filledIn
    expect(credentials).toMatchObject({ adminUrl, consumerKey, consumerSecret })
    expect(credentials.accessToken).not.toBe(kept['requestToken'])
    expect(isHealthy(await magento1.check(live.session({ credentials })))).toBe(true)
  })

  it('ends an older connection of the same administrator', async () => {
    const live = await liveShop()
    const { goTo } = await begin(live)
    expect(isHealthy(await magento1.check(live.session()))).toBe(true)
    await backFrom(live, goTo, 'confirm')
    const findings = await magento1.check(live.session())
    expect(findings.map(({ problem }) => problem?.code)).toContain('CREDENTIALS_REFUSED')
  })

  it('signs as a shop behind a TLS proxy sees itself, and remembers it', async () => {
    const live = await liveShop({ switches: { hosting: 'tls-offload' } })
    const { goTo, kept } = await begin(live)
    expect(kept['seen']).toBe('https://127.0.0.1')
    const back = await backFrom(live, goTo, 'confirm')
    const credentials = await finish(live, kept, back.searchParams)
    expect(isHealthy(await magento1.check(live.session({ credentials })))).toBe(true)
  })

  it('says that nobody agreed', async () => {
    const live = await liveShop()
    const { goTo, kept } = await begin(live)
    const back = await backFrom(live, goTo, 'reject')
    expect(back.searchParams.get('rejected')).toBe('1')
    const failed = ['SIGN_IN_FAILED', 'reconnect']
    expect(await codeOf(() => finish(live, kept, back.searchParams))).toEqual(failed)
    expect(await codeOf(() => finish(live, kept, new URLSearchParams()))).toEqual(failed)
  })

  it('takes no token of another request, and no verifier twice', async () => {
    const live = await liveShop()
    const { goTo, kept } = await begin(live)
    const back = await backFrom(live, goTo, 'confirm')
    const other = new URLSearchParams(back.searchParams)
    other.set('oauth_token', 'f'.repeat(32))
    const failed = ['SIGN_IN_FAILED', 'reconnect']
    expect(await codeOf(() => finish(live, kept, other))).toEqual(failed)
    await finish(live, kept, back.searchParams)
    expect(await codeOf(() => finish(live, kept, back.searchParams))).toEqual(failed)
  })

  it.each([
    [{ consumerSecret: '0'.repeat(32) }, {}, 'CREDENTIALS_REFUSED'],
    [{ consumerKey: '0'.repeat(32) }, {}, 'CREDENTIALS_REFUSED'],
    [{}, { hosting: 'header-stripped' }, 'AUTHORIZATION_STRIPPED'],
    [{}, { hosting: 'maintenance' }, 'SHOP_IN_MAINTENANCE'],
    [{}, { hosting: 'basic-auth' }, 'PASSWORD_IN_FRONT'],
    [{}, { hosting: 'redirect' }, 'REMOTE_REDIRECTS'],
    [{ adminUrl: 'http://10.0.0.1/admin' }, {}, 'ADDRESS_NOT_PUBLIC'],
  ] as const)('says what is wrong at the first step: %j %j', async (change, switches, code) => {
    const live = await liveShop({ switches })
    const credentials = { ...live.filledIn, ...change }
    const asked = { credentials, returnAddress, state }
    expect((await codeOf(() => signIn.begin(live.remote, asked)))?.[0]).toBe(code)
  })

  it('asks once where the likely address is the right one', async () => {
    const live = await liveShop()
    await begin(live)
    const { requests } = live.shop.ledger()
    // The handshake of a real shop forgets the port (contract 3.2): that is tried first.
    expect(requests['POST oauth/initiate']).toBe(1)
  })
})
