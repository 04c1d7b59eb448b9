import { sign } from './signing.ts'
import { type World } from './world.ts'

/** Two of these are faults. */
export type Signature = 'signed' | 'badly-signed' | 'unsigned'

/**
 * The address the merchant's browser opens. Signed without its query string, over the api_public before
 * it is URL-encoded (section 3.2).
 */
export function installLink(
  world: World,
  secret: string,
  link: { installUrl: string; apiPublic: string; language: string; signature: Signature },
): string {
  const { installUrl, apiPublic, language, signature } = link
  const query = new URLSearchParams({
    api_public: apiPublic,
    language,
    ...hashHeader(world, secret, signature, [installUrl, apiPublic]),
  })
  return `${installUrl}${installUrl.includes('?') ? '&' : '?'}${query.toString()}`
}

/** The hash header as it should be, or as a fault wants it. */
export function hashHeader(
  world: World,
  secret: string,
  signature: Signature,
  parts: string[],
): Record<string, string> {
  const name = world.switches.dialect.headers.hash
  if (signature === 'unsigned') return {}
  return { [name]: sign(signature === 'signed' ? secret : 'another secret', ...parts) }
}
