import { isFailureCode } from './codes.ts'
import { isMemberState } from './forms.ts'
import { isFields, readFields, readFlag, readText } from './reading.ts'

/** What is known of a number. What is left out: valid, with an invented name and address. */
export interface PlantedNumber {
  valid?: boolean
  name?: string
  /** Lines apart by `\n`. */
  address?: string
  /** The failure code every check gets that asks for this number, or asks in its name. */
  error?: string
}

/** By country code and number together, `NL123456782B90`; null takes one away. */
export type NumberChange = Readonly<Record<string, PlantedNumber | null>>

/** The registry of planted numbers. */
export interface Numbers {
  get(countryCode: string, vatNumber: string): PlantedNumber | undefined
  list(): Record<string, PlantedNumber>
  /**
   * Takes a change in: all of it, or nothing when there is a mistake in it.
   * @throws Error with one readable line.
   */
  change(change: unknown): void
  clear(): void
}

const plantedMax = 100_000

/** Makes an empty registry. */
export function createNumbers(): Numbers {
  const planted = new Map<string, PlantedNumber>()
  return {
    get: (countryCode, vatNumber) => planted.get(countryCode + vatNumber),
    list: () => Object.fromEntries([...planted].map(([key, number]) => [key, { ...number }])),
    change: (change) => {
      const entries = readChange(change)
      if (planted.size + entries.length > plantedMax) {
        throw new Error(`no more than ${plantedMax} numbers`)
      }
      for (const [key, number] of entries) {
        if (number === null) planted.delete(key)
        else planted.set(key, number)
      }
    },
    clear: () => planted.clear(),
  }
}

function readChange(change: unknown): [string, PlantedNumber | null][] {
  if (!isFields(change)) throw new Error('send an object of numbers, such as {"NL…": {…}}')
  return Object.entries(change).map(([key, value]) => {
    // Any number may be planted, well-formed or not, but not where no check can find it.
    if (!isMemberState(key.slice(0, 2)) || key.length > 60) {
      throw new Error(`${key} does not start with a country code of VIES (EL, not GR; XI, not GB)`)
    }
    return [key, value === null ? null : readNumber(key, value)]
  })
}

function readNumber(key: string, value: unknown): PlantedNumber {
  const given = readFields(value, key, ['valid', 'name', 'address', 'error'])
  const number: PlantedNumber = {}
  if ('valid' in given) number.valid = readFlag(given['valid'], `${key}.valid`)
  if ('name' in given) number.name = readText(given['name'], `${key}.name`)
  if ('address' in given) number.address = readText(given['address'], `${key}.address`)
  if ('error' in given) {
    number.error = readText(given['error'], `${key}.error`)
    if (!isFailureCode(number.error)) throw new Error(`${key}.error must be a failure code`)
  }
  return number
}
