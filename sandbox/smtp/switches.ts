/** How the mail server behaves. */
export interface Switches {
  /** Hangs up on everybody. */
  down: boolean
  /** Takes nobody's password. */
  signInFails: boolean
  /** Takes no mail from us. */
  senderRefused: boolean
  /** Addresses that do not exist: 550. */
  rejects: string[]
  /** Addresses that take no mail at this moment: 451. */
  defers: string[]
}

export const defaultSwitches: Readonly<Switches> = {
  down: false,
  signInFails: false,
  senderRefused: false,
  rejects: [],
  defers: [],
}

/** Reads a change of switches. @throws Error with one readable line */
export function readSwitches(value: unknown): Partial<Switches> {
  if (typeof value !== 'object' || value === null) throw new Error('send an object of switches')
  for (const [name, wanted] of Object.entries(value)) {
    if (!Object.hasOwn(defaultSwitches, name)) throw new Error(`there is no switch ${name}`)
    const kind = defaultSwitches[name as keyof Switches]
    const fits = Array.isArray(kind)
      ? Array.isArray(wanted) && wanted.every((each) => typeof each === 'string')
      : typeof wanted === 'boolean'
    if (!fits) throw new Error(`${name} must be ${Array.isArray(kind) ? 'addresses' : 'a boolean'}`)
  }
  return value
}
