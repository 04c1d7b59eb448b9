import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { extensionFiles } from '../../scripts/magento1-extension-files.ts'
import { zipOf } from '../../src/world/zip.ts'

/** Reads a zip by its directory, without anything of what wrote it. */
const readZip = (zip: Buffer) => {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06'))
  const count = zip.readUInt16LE(end + 10)
  let at = zip.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    const nameLength = zip.readUInt16LE(at + 28)
    const size = zip.readUInt32LE(at + 24)
    const offset = zip.readUInt32LE(at + 42)
    const path = zip.toString('utf8', at + 46, at + 46 + nameLength)
    const crc = zip.readUInt32LE(at + 16)
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
    const from = offset + 30 + zip.readUInt16LE(offset + 26) + zip.readUInt16LE(offset + 28)
    return { path, content: zip.subarray(from, from + size), crc }
  })
}

describe('the zip', () => {
  it('holds every file of the extension, byte for byte, and nothing else', () => {
    const files = extensionFiles()
    const read = readZip(zipOf(files))
    expect(read.map(({ path }) => path)).toEqual(files.map(({ path }) => path).sort())
    for (const { path, content, crc } of read) {
      const own = files.find((each) => each.path === path)
      expect([path, content.equals(own?.content ?? Buffer.alloc(0))]).toEqual([path, true])
      expect(crc).toBe(crc32(content))
    }
    expect(read.every(({ path }) => path.startsWith('app/'))).toBe(true)
    expect(read.map(({ path }) => path)).toContain('app/etc/modules/Doorvoer_Invoices.xml')
  })

  it('is the same bytes every time, in whatever order the files come', () => {
    const files = extensionFiles()
    expect(zipOf(files.toReversed()).equals(zipOf(files))).toBe(true)
  })

  it('is written by the command', () => {
    const folder = mkdtempSync(join(tmpdir(), 'magento1-extension-'))
    const target = join(folder, 'extension.zip')
    const script = join(import.meta.dirname, '../../scripts/magento1-extension.ts')
    const { status } = spawnSync(process.execPath, [script, target])
    const written = readFileSync(target)
    rmSync(folder, { recursive: true })
    expect(status).toBe(0)
    expect(written.equals(zipOf(extensionFiles()))).toBe(true)
  })

  it('is whole in the eyes of unzip', (context) => {
    if (spawnSync('unzip', ['-v']).status !== 0) context.skip('there is no unzip on this machine')
    const folder = mkdtempSync(join(tmpdir(), 'magento1-extension-'))
    const target = join(folder, 'extension.zip')
    writeFileSync(target, zipOf(extensionFiles()))
    const { status, stdout } = spawnSync('unzip', ['-t', target], { encoding: 'utf8' })
    rmSync(folder, { recursive: true })
    expect([status, stdout]).toEqual([0, expect.stringContaining('No errors detected')])
  })
})
