import type { Config } from '../config.ts'
import { newKey } from '../merchants/key-ring.ts'
import { readOrMakeKeyRing } from '../merchants/key-ring.ts'
import { rotate } from '../merchants/vault.ts'
import { systemRandom } from '../world/random.ts'
import path from 'node:path'
import { openRuntime } from './runtime.ts'

/** A new key for DOORVOER_KEYS, with a name made of chance so that it never meets another. */
export const makeKey = (): string =>
  newKey(`k${Buffer.from(systemRandom.bytes(4)).toString('hex')}`, systemRandom)

/** Seals everything with the newest key of the ring. @returns how many envelopes were renewed */
export const rotateKeys = async (config: Config): Promise<number> => {
  const runtime = await openRuntime(config, { role: 'sender' })
  try {
    const ring =
      config.keyRing ?? (await readOrMakeKeyRing(path.join(config.home, 'keys'), systemRandom))
    return await rotate(runtime.engine.db, ring, systemRandom)
  } finally {
    await runtime.close()
  }
}
