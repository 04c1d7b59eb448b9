import { createHash } from 'node:crypto'
import type { Random } from './random.ts'

/** 32 random bytes as text for an address or a header: nobody guesses it. */
export const newSecret = (random: Random): string =>
  Buffer.from(random.bytes(32)).toString('base64url')

/** What is kept of a secret that is only ever compared. It has 256 bits, so it needs no salt. */
export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest()
