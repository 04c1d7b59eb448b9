/**
 * Prints what a newer data file says differently from our table of VAT rates:
 *
 *   node scripts/vat-rates/compare.ts eu-vat-rates-data.json
 *
 * The file is `data/eu-vat-rates-data.json` of github.com/vatnode/eu-vat-rates-data-js:
 * `{ "version": "2026-08-22", "rates": { "NL": { "standard": 21, "reduced": [9], "super_reduced": null, "parking": null }, … } }`.
 * Each line is a question for a person, who looks up the law and its first day and adds a step to
 * src/vat/rates-table.ts. Exit code: 0 no differences, 1 differences, 2 the file cannot be read.
 */
import { readFile } from 'node:fs/promises'
import { explain } from '../../src/problems/catalogue.ts'
import { compareRates, readDataFile, type Difference } from '../../src/vat/compare-rates.ts'

const described = ({ country, kind, ours, theirs }: Difference): string => {
  if (ours === null)
    return `${country}: ${kind} ${theirs ?? ''} % is in the file and not in our table`
  if (theirs === null) return `${country}: ${kind} ${ours} % is in our table and not in the file`
  return `${country}: ${kind} is ${ours} % in our table and ${theirs} % in the file`
}

const readJson = async (path: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

const main = async (path: string | undefined): Promise<number> => {
  if (path === undefined) {
    console.error('Usage: node scripts/vat-rates/compare.ts <eu-vat-rates-data.json>')
    return 2
  }
  const value = await readJson(path)
  const read = readDataFile(value)
  if (value instanceof Error || read.is === 'wrong') {
    const why = value instanceof Error ? value.message : read.is === 'wrong' ? read.why : ''
    const { text, remedy } = explain('INPUT_INVALID', { field: path }, 'en')
    console.error(`INPUT_INVALID: ${text} ${remedy}`)
    console.error(`It is no such data file: ${why}`)
    return 2
  }
  const differences = compareRates(read.file)
  for (const difference of differences) console.log(described(difference))
  console.log(`${differences.length} differences on ${read.file.version}`)
  return differences.length === 0 ? 0 : 1
}

process.exitCode = await main(process.argv[2])
