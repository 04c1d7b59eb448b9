export interface Switches {
  /** How often a webhook is sent for each thing that happens. */
  notices: 'at-once' | 'twice' | 'never'
}

export const defaultSwitches: Readonly<Switches> = { notices: 'at-once' }

/** Reads a change of switches. @throws Error with one readable line */
export function readSwitches(value: unknown): Partial<Switches> {
  const { notices, ...rest } = value as Record<string, unknown>
  const [stranger] = Object.keys(rest)
  if (stranger !== undefined) throw new Error(`there is no switch ${stranger}`)
  if (notices === 'at-once' || notices === 'twice' || notices === 'never') return { notices }
  throw new Error('notices must be at-once, twice or never')
}
