export const healthSorts = ['trouble', 'seen', 'lag', 'errors', 'uncertain', 'name'] as const
export const healthShows = ['active', 'alarmed', 'installing', 'stopped', 'all'] as const
export const ticketStates = ['asked', 'answered', 'settled'] as const
export const licenceShows = [
  'ending',
  'expired',
  'trial',
  'paid',
  'store',
  'stopped',
  'all',
] as const
export const offerStates = ['open', 'paid', 'withdrawn', 'all'] as const
export const alarmShows = ['standing', 'all'] as const
export const mailStates = ['all', 'waiting', 'sent', 'refused'] as const

export interface HealthRoom {
  search?: string
  sort?: (typeof healthSorts)[number]
  show?: (typeof healthShows)[number]
}

export interface TicketRoom {
  state?: (typeof ticketStates)[number]
  mine?: boolean
}

export interface LicenceRoom {
  search?: string
  show?: (typeof licenceShows)[number]
}

const oneOf = <T extends string>(values: readonly T[], given: unknown): T | undefined =>
  values.find((each) => each === given)

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value.slice(0, 100) : undefined

/** What the address of a room may say; anything else is left out. */
export const readHealthRoom = (given: Record<string, unknown>): HealthRoom => {
  const search = text(given['search'])
  const sort = oneOf(healthSorts, given['sort'])
  const show = oneOf(healthShows, given['show'])
  return { ...(search && { search }), ...(sort && { sort }), ...(show && { show }) }
}

export const readTicketRoom = (given: Record<string, unknown>): TicketRoom => {
  const state = oneOf(ticketStates, given['state'])
  return { ...(state && { state }), ...(String(given['mine']) === 'true' && { mine: true }) }
}

export const readAlarmRoom = (given: Record<string, unknown>): { show?: 'all' } =>
  given['show'] === 'all' ? { show: 'all' } : {}

export const readMailRoom = (given: Record<string, unknown>): { state?: string } => {
  const state = oneOf(mailStates, given['state'])
  return state === undefined || state === 'all' ? {} : { state }
}

export const readLicenceRoom = (given: Record<string, unknown>): LicenceRoom => {
  const search = text(given['search'])
  const show = oneOf(licenceShows, given['show'])
  return { ...(search && { search }), ...(show && { show }) }
}

export const readOfferRoom = (
  given: Record<string, unknown>,
): { state?: (typeof offerStates)[number] } => {
  const state = oneOf(offerStates, given['state'])
  return state === undefined ? {} : { state }
}
