import { type Integrations } from './integrations.ts'
import { type World } from './world.ts'

/** What the admin entered in the integration, and whether the browser goes on by itself. */
export interface ActivationWish {
  callbackUrl: string
  identityLinkUrl: string
  /** Whether the popup is opened here. Default false: the link is only told. */
  open?: boolean
}

export interface Activated {
  /** The answer to the call-back; Magento does not look at it. null: it could not be posted. */
  posted: { status: number } | null
  /** What the admin reads when it could not be posted. */
  error: string | null
  /** Where the popup goes; null when the call-back failed. */
  identityLink: string | null
  /** What came of opening it. */
  opened: { status: number; location: string | null } | null
}

const callbackTimeoutMs = 5_000
const failed =
  'The attempt to post data to consumer failed due to an unexpected error. Please try again later.'

/** The end of the handshake in the admin's browser: an address with a secret path (contract 3.1). */
export const successPath = '/admin_1x7k2p/admin/integration/loginSuccessCallback/key/5f0c2a9d/'

/** Plays the admin who clicks Allow, and the admin's browser (contract 3.1). */
export async function activate(
  world: World,
  integrations: Integrations,
  wish: ActivationWish,
): Promise<Activated> {
  const consumer = integrations.allow()
  const nothing = { identityLink: null, opened: null }
  let posted: { status: number }
  try {
    const answer = await fetch(wish.callbackUrl, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'user-agent': 'Laminas\\Http\\Client' },
      body: new URLSearchParams({
        oauth_consumer_key: consumer.key,
        oauth_consumer_secret: consumer.secret,
        store_base_url: world.baseUrl,
        oauth_verifier: consumer.verifier,
      }),
      signal: AbortSignal.timeout(callbackTimeoutMs),
    })
    await answer.arrayBuffer()
    posted = { status: answer.status }
  } catch {
    return { posted: null, error: failed, ...nothing }
  }
  // The admin's page always appends with a question mark (contract 3.1).
  const back = new URL(successPath, world.baseUrl).href
  const query = new URLSearchParams({ oauth_consumer_key: consumer.key, success_call_back: back })
  const identityLink = `${wish.identityLinkUrl}?${query.toString()}`
  if (wish.open !== true) return { posted, error: null, identityLink, opened: null }
  const page = await fetch(identityLink, { redirect: 'manual' })
  await page.arrayBuffer()
  const opened = { status: page.status, location: page.headers.get('location') }
  return { posted, error: null, identityLink, opened }
}
