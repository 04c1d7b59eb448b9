/**
 * `npm run magento1-extension`: packs the extension for Magento 1.9 and OpenMage into one zip, the same bytes
 * every time, to be unpacked in the root of a shop.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { extensionFiles, extensionRoot, extensionVersion } from './magento1-extension-files.ts'
import { zipOf } from '../src/world/zip.ts'

const name = `doorvoer-invoices-magento1-${extensionVersion()}.zip`
const target = process.argv[2] ?? join(extensionRoot, 'dist', name)
mkdirSync(dirname(target), { recursive: true })
const zip = zipOf(extensionFiles())
writeFileSync(target, zip)
console.log(`${target} (${zip.length} bytes)`)
