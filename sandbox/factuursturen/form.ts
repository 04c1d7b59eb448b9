/** Fields of a request, from JSON or from a form. */
export type Fields = Record<string, unknown>

const depthMax = 8

/**
 * Reads PHP-style form encoding: `lines[0][amount]=1`, `reference[line1]=x`, `tags[]=y`. Everything
 * becomes text in objects; a list is an object with numbers for keys.
 */
export function readForm(body: string): Fields {
  const fields = emptyFields()
  for (const [name, value] of new URLSearchParams(body)) place(fields, splitName(name), value)
  return fields
}

/** 'lines[0][amount]' → ['lines', '0', 'amount']. */
function splitName(name: string): string[] {
  const bracket = name.indexOf('[')
  if (bracket <= 0) return [name]
  const inner = [...name.slice(bracket).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')
  return [name.slice(0, bracket), ...inner].slice(0, depthMax)
}

function place(fields: Fields, path: string[], value: string): void {
  let here = fields
  for (const [index, part] of path.entries()) {
    const key = part === '' ? String(Object.keys(here).length) : part
    if (index === path.length - 1) {
      here[key] = value
      return
    }
    const there = here[key]
    // As in PHP, a later nested value replaces an earlier plain one.
    const nested = isFields(there) ? there : emptyFields()
    here[key] = nested
    here = nested
  }
}

/** Whether a value is an object of fields (and no list). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

// Without a prototype: a field called __proto__ is then a field like any other.
function emptyFields(): Fields {
  return Object.create(null) as Fields
}
