import { addressIn, type Remote } from '../remote/remote.ts'
import type { DemoShop } from './remotes.ts'

const nothing = (): never => {
  throw new Error('nothing can be placed in a real shop')
}

/** A real shop in the place of a sandbox: it is only read, and what it sold already is the mix. */
export const remoteShop = ({ system, credentials, settings }: Remote): DemoShop => ({
  system,
  url: addressIn(credentials),
  credentials,
  settings,
  calls: false,
  isReal: true,
  placeMix: () => ({ sales: [], webhooksLost: 0 }),
  changeMix: () => [],
  placeOne: () => undefined,
  placeNamed: nothing,
  mend: nothing,
  settled: () => Promise.resolve(),
  close: () => Promise.resolve(),
})
