import type { Choices, Destination, Settings, VatRow } from '../api/configuration.ts'

export const emptyLedgers: VatRow['ledgers'] = { revenue: '', shipping: '', payment: '' }

/** The rows for what leaves without VAT, in their order. */
const specialRows = ['ICP', 'ICP_SERVICES', 'INTERNATIONAL', 'INTERNATIONAL_SERVICES'] as const
type SpecialRow = (typeof specialRows)[number]

export const specialRow = (destination: string): SpecialRow | null =>
  specialRows.find((each) => each === destination) ?? null

const isOfServices = (destination: string): boolean =>
  destination === 'ICP_SERVICES' || destination === 'INTERNATIONAL_SERVICES'

const sellsServices = ({ supply, supplied }: Settings): boolean =>
  supply !== 'goods' || supplied.service.length > 0 || supplied.digital.length > 0

/** Rows that are always in sight: home and what leaves without VAT; of services for who sells them. */
export const isInSight = (settings: Settings, destination: string): boolean =>
  rowsOf(settings, destination).length > 0 ||
  destination === settings.homeCountry ||
  (specialRow(destination) !== null && (!isOfServices(destination) || sellsServices(settings)))

/** Home first, then what leaves without VAT, then what is sold to, then the rest by name. */
export const inOrder = (
  destinations: readonly Destination[],
  settings: Settings,
  nameOf: (destination: string) => string,
): Destination[] => {
  const { homeCountry, vatTable } = settings
  const sold = new Set(vatTable.map(({ destination }) => destination))
  const rank = ({ destination }: Destination): number => {
    if (destination === homeCountry) return 0
    const special = specialRows.findIndex((each) => each === destination)
    if (special >= 0) return 1 + special
    return 1 + specialRows.length + (sold.has(destination) ? 0 : 1)
  }
  const shown = destinations.filter(
    ({ destination }) => !isOfServices(destination) || isInSight(settings, destination),
  )
  return shown.toSorted(
    (one, other) =>
      rank(one) - rank(other) || nameOf(one.destination).localeCompare(nameOf(other.destination)),
  )
}

export const rowsOf = ({ vatTable }: Settings, destination: string): VatRow[] =>
  vatTable.filter((row) => row.destination === destination)

/** What a person starts from: their own rows, else what is obvious, else a row for each rate of the country. */
export const startRows = (settings: Settings, place: Destination): VatRow[] => {
  const own = rowsOf(settings, place.destination)
  if (own.length > 0) return own
  return place.percents.map((percent) => {
    const proposal = place.proposal.find((row) => row.percent === percent)
    return {
      destination: place.destination,
      percent,
      vatCode: proposal?.vatCode ?? '',
      ledgers: proposal?.ledgers ?? emptyLedgers,
    }
  })
}

/** The table with the rows of one destination replaced; rows without a code are none. */
export const withRows = (
  { vatTable }: Settings,
  destination: string,
  rows: readonly VatRow[],
): VatRow[] => [
  ...vatTable.filter((row) => row.destination !== destination),
  ...rows.filter(({ vatCode }) => vatCode !== ''),
]

export const labelIn = (choices: Choices, list: string, value: string): string =>
  choices[list]?.find((choice) => choice.value === value)?.label ?? value

/** The percentage of a code, where it has one of its own. */
export const percentOf = (choices: Choices, vatCode: string): string | null => {
  const entry = choices['vatCodePercents']?.find(({ value }) => value.startsWith(`${vatCode}:`))
  return entry === undefined ? null : entry.value.slice(vatCode.length + 1)
}

/** "21,0 " as somebody types it is 21; null when it is no percentage. */
export const readPercent = (typed: string): string | null => {
  const text = typed.trim().replace(',', '.').replace(/\s*%$/, '')
  return /^\d{1,2}(\.\d{1,2})?$/.test(text) ? String(Number(text)) : null
}
