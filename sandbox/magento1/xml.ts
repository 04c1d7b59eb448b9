/** The same value as XML, as api2 writes it: lists are data_item (recordings). */
export function toXml(value: unknown): string {
  return `<?xml version="1.0"?>\n<magento_api>\n${children(value, '  ')}</magento_api>\n`
}

function children(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null) return ''
  const pairs: [string, unknown][] = Array.isArray(value)
    ? value.map((item) => ['data_item', item])
    : Object.entries(value)
  return pairs
    .map(([name, item]) => element(/^\d/.test(name) ? 'data_item' : name, item, indent))
    .join('')
}

function element(name: string, value: unknown, indent: string): string {
  if (value === null || value === undefined) return `${indent}<${name}/>\n`
  if (typeof value === 'object') {
    return `${indent}<${name}>\n${children(value, `${indent}  `)}${indent}</${name}>\n`
  }
  const plain = typeof value === 'string' ? value : JSON.stringify(value)
  const text = plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `${indent}<${name}>${text}</${name}>\n`
}
