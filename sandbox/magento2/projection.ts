import { type Fields, type Value } from './json.ts'

type Wanted = Map<string, Wanted | null>

/** Reads `items[entity_id,increment_id],total_count`. */
function parse(text: string): Wanted {
  let index = 0
  const level = (): Wanted => {
    const wanted: Wanted = new Map()
    let name = ''
    const keep = (below: Wanted | null) => {
      if (name !== '') wanted.set(name, below)
      name = ''
    }
    while (index < text.length) {
      const sign = text[index]
      index += 1
      if (sign === '[') keep(level())
      else if (sign === ']') break
      else if (sign === ',') keep(null)
      else name += sign ?? ''
    }
    keep(null)
    return wanted
  }
  return level()
}

function trim(value: Value, wanted: Wanted): Value {
  if (Array.isArray(value)) return value.map((item) => trim(item, wanted))
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([name]) => wanted.has(name))
  return Object.fromEntries(
    kept.map(([name, item]) => {
      const below = wanted.get(name)
      return [name, below === undefined || below === null ? item : trim(item, below)]
    }),
  )
}

/** Only what `fields` asks for (contract 5). */
export function projected(value: Value, fields: string | null): Value {
  return fields === null ? value : trim(value, parse(fields))
}

/** Keys whose value is null in the database: left out by the core, sent as null by some modules. */
export function withNulls(value: Fields, names: readonly string[]): Fields {
  const missing = names.filter((name) => value[name] === undefined)
  return { ...value, ...Object.fromEntries(missing.map((name) => [name, null])) }
}
