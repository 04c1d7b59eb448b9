import { mulberry32 } from '../kit/random.ts'
import { type BooksWorld } from '../magento2/ledgers.ts'
import { type Switches } from './switches.ts'

/** What every part of the shop shares; its books are those of Magento 2 but for what BooksWorld names. */
export interface World extends BooksWorld {
  /** Ends in a slash. */
  baseUrl: string
  switches: Switches
  /** 32 hexadecimal digits, as every key, secret and verifier is (contract 3.1). */
  secret(): string
}

export function createWorld(parts: { now: () => Date; seed: number; switches: Switches }): World {
  const random = mulberry32(parts.seed)
  return {
    baseUrl: '',
    now: parts.now,
    switches: parts.switches,
    storePrefix: 1,
    creditTouchesInvoice: true,
    keepsHalfCents: true,
    secret: () => Array.from({ length: 32 }, () => Math.floor(random() * 16).toString(16)).join(''),
  }
}
