/** A value of Magento's JSON; undefined stands for what is null in the database: the key is left out. */
export type Value = string | number | boolean | null | undefined | Value[] | Fields
export interface Fields {
  [name: string]: Value
}

/**
 * Writes JSON the way PHP does: slashes and everything beyond ASCII escaped.
 * @param noise as a host with serialize_precision=17 prints floats
 */
export function toPhpJson(value: unknown, noise = false): string {
  const text = noise ? noisy(value) : JSON.stringify(value)
  return text
    .replaceAll('/', '\\/')
    .replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Numbers with the seventeen digits of a double: 24.780000000000001. */
function noisy(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) {
    return value.toPrecision(17).replace(/0+$/, '')
  }
  if (Array.isArray(value)) return `[${value.map(noisy).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([key, item]) => `${JSON.stringify(key)}:${noisy(item)}`)
    return `{${pairs.join(',')}}`
  }
  return JSON.stringify(value)
}

/** The same value as XML, which Magento answers to Accept: application/xml. */
export function toXml(value: unknown): string {
  return `<?xml version="1.0"?>\n<response>\n${children(value, '  ')}</response>\n`
}

function children(value: unknown, indent: string): string {
  const pairs: [string, unknown][] = Array.isArray(value)
    ? value.map((item) => ['item', item])
    : Object.entries(value as object).filter(([, item]) => item !== undefined)
  return pairs.map(([name, item]) => element(name, item, indent)).join('')
}

function element(name: string, value: unknown, indent: string): string {
  if (value === null) return `${indent}<${name}/>\n`
  if (typeof value === 'object') {
    return `${indent}<${name}>\n${children(value, `${indent}  `)}${indent}</${name}>\n`
  }
  const plain = typeof value === 'string' ? value : JSON.stringify(value)
  const text = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `${indent}<${name}>${text}</${name}>\n`
}

/** A moment in the database: UTC, whole seconds, no zone. */
export function databaseMoment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
