import { RemoteMistake, type Remote } from '../remote/remote.ts'
import { nameOf, type Pair } from './pairs.ts'
import { noRealEnds, type RealEnds } from './scene.ts'

/**
 * Which ends of a pair are real installations.
 *
 * @param write whether invoices may be made in real books; they stay there
 * @throws RemoteMistake
 */
export const realEndsOf = (
  remotes: readonly Remote[],
  pair: Pair | 'all',
  write: boolean,
): RealEnds => {
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
  return { webshop: remotes.find(({ side }) => side === 'webshop') ?? null, accounting }
}
