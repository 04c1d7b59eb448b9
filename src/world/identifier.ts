import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

/**
 * A UUID of version 7 (RFC 9562): the first 48 bits are the time in milliseconds, so that keys made one
 * after the other lie next to each other in an index, on however many machines they were made.
 */
export const newIdentifier = (clock: Clock, random: Random): string => {
  const bytes = random.bytes(16)
  const view = Buffer.from(bytes)
  view.writeUIntBE(clock.now().getTime(), 0, 6)
  view.writeUInt8((view.readUInt8(6) & 0x0f) | 0x70, 6)
  view.writeUInt8((view.readUInt8(8) & 0x3f) | 0x80, 8)
  const hex = view.toString('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-')
}
