import type { Row } from '../merchants/merchant-data.ts'
import type { ZipFile } from '../world/zip.ts'
import { byteOrderMark, csvRow } from './csv.ts'

const asText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string') return value
  return JSON.stringify(value)
}

const csvOf = (rows: readonly Row[]): string => {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))]
  const lines = rows.map((row) => csvRow(columns.map((column) => asText(row[column]))))
  return `${byteOrderMark}${csvRow(columns)}${lines.join('')}`
}

const readme = (tables: Readonly<Record<string, readonly Row[]>>, at: Date): string =>
  [
    `Doorvoer, ${at.toISOString()}`,
    '',
    'Alles wat Doorvoer van dit bedrijf bewaart, per tabel als JSON en als CSV.',
    'Wachtwoorden, sleutels en inloggegevens zijn weggelaten.',
    '',
    'Everything that Doorvoer keeps of this company, by table as JSON and as CSV.',
    'Passwords, keys and credentials are left out.',
    '',
    ...Object.entries(tables).map(([name, rows]) => `${name}: ${rows.length}`),
    '',
  ].join('\n')

/** Tables as files for a download: each as JSON and as CSV, and a page that says what is there. */
export const filesOf = (tables: Readonly<Record<string, readonly Row[]>>, at: Date): ZipFile[] => [
  { path: 'README.txt', content: Buffer.from(readme(tables, at)) },
  ...Object.entries(tables)
    .filter(([, rows]) => rows.length > 0)
    .flatMap(([name, rows]) => [
      { path: `${name}.json`, content: Buffer.from(`${JSON.stringify(rows, null, 2)}\n`) },
      { path: `${name}.csv`, content: Buffer.from(csvOf(rows)) },
    ]),
]
