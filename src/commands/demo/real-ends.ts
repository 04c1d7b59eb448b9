import { RemoteMistake, type Remote } from '../remote/remote.ts'
import { nameOf, type Pair } from './pairs.ts'
import { homeCountry, type Home } from './mix.ts'
import { noRealEnds, type RealEnds } from './scene.ts'

const homes: readonly string[] = ['NL', 'BE'] satisfies readonly Home[]
const isHome = (text: string): text is Home => homes.includes(text)

/** The merchant of a real shop is Dutch unless said otherwise; the orders of a sandbox are those of a Belgian. */
const homeOf = (text: string | undefined, isRealShop: boolean): Home => {
  if (text === undefined) return isRealShop ? 'NL' : homeCountry
  if (!isHome(text)) throw new RemoteMistake(`--home is ${homes.join(' or ')}, not "${text}"`)
  if (!isRealShop) throw new RemoteMistake('--home goes with --remote of a webshop')
  return text
}

/**
 * Which ends of a pair are real installations.
 *
 * @param write whether invoices may be made in real books; they stay there
 * @param home where the merchant of a real shop is established
 * @throws RemoteMistake
 */
export const realEndsOf = (
  remotes: readonly Remote[],
  pair: Pair | 'all',
  write: boolean,
  home?: string,
): RealEnds => {
  const webshop = remotes.find(({ side }) => side === 'webshop') ?? null
  const at = homeOf(home, webshop !== null)
  if (pair === 'all') return noRealEnds
  const stranger = remotes.find(({ side, system }) => pair[side] !== system)
  if (stranger !== undefined) {
    throw new RemoteMistake(`--remote ${stranger.system} is no end of the pair ${nameOf(pair)}`)
  }
  const accounting = remotes.find(({ side }) => side === 'accounting') ?? null
  if (accounting !== null && !write) {
    throw new RemoteMistake(
      `--remote ${accounting.system}: the demo makes invoices that stay in those books; add --write`,
    )
  }
  return { webshop, accounting, home: at }
}
