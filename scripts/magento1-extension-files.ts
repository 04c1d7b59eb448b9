import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { ZipFile } from '../src/world/zip.ts'

export const extensionRoot = join(import.meta.dirname, '..', 'magento1-extension')

/** What goes into the shop: everything below app/, and nothing else (no tests, no pages to read). */
export const extensionFiles = (): ZipFile[] =>
  readdirSync(join(extensionRoot, 'app'), { recursive: true, encoding: 'utf8' })
    .map((path) => join(extensionRoot, 'app', path))
    .filter((path) => statSync(path).isFile())
    .map((path) => ({
      path: relative(extensionRoot, path).split(sep).join('/'),
      content: readFileSync(path),
    }))

/** As config.xml has it. */
export const extensionVersion = (): string => {
  const path = join(extensionRoot, 'app/code/community/Doorvoer/Invoices/etc/config.xml')
  return /<version>([\d.]+)<\/version>/.exec(readFileSync(path, 'utf8'))?.[1] ?? '0'
}
