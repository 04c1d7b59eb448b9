import { type Random } from '../kit/random.ts'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_'
const drawn = 8

/** Draws a consultation number, such as `WAPIAAAAaDxc_5Zb`: sixteen characters, as some seen. */
export function drawConsultationNumber(random: Random): string {
  const draw = (): string => letters.charAt(Math.floor(random() * letters.length))
  return `WAPIAAAA${Array.from({ length: drawn }, draw).join('')}`
}
