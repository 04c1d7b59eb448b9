/** The countries of the demo shop, as the API writes one: codes in lower case (section 6.1). */
const known: Record<string, [id: number, code3: string, title: string]> = {
  be: [21, 'bel', 'België'],
  nl: [151, 'nld', 'Nederland'],
  lu: [125, 'lux', 'Luxemburg'],
  de: [80, 'deu', 'Duitsland'],
  fr: [73, 'fra', 'Frankrijk'],
  gb: [225, 'gbr', 'Verenigd Koninkrijk'],
  us: [226, 'usa', 'Verenigde Staten'],
  ch: [206, 'che', 'Zwitserland'],
}

/** `false` where no country was filled in, as everything that is not set (section 0, item 6). */
export function countryOf(code: string): unknown {
  if (code === '') return false
  const lower = code.toLowerCase()
  const [id, code3, title] = known[lower] ?? [999, `${lower}x`, code.toUpperCase()]
  return { id, code: lower, code3, title }
}
