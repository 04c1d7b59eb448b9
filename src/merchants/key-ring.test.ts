import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { seededRandom, systemRandom } from '../world/random.ts'
import {
  EnvelopeError,
  newKey,
  parseKeyRing,
  readOrMakeKeyRing,
  seal,
  sealedWith,
  unseal,
} from './key-ring.ts'

const random = seededRandom(1)
const first = newKey('first', random)
const second = newKey('second', random)
const ring = parseKeyRing(first)
const place = 'credentials:1:webshop'

const messageOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  return 'nothing was thrown'
}

/** What became of an envelope: its text, or the code of the error. */
const opened = (envelope: string, at = place, by = ring): string => {
  try {
    return `opened: ${unseal(by, envelope, at)}`
  } catch (error) {
    if (error instanceof EnvelopeError) return error.code
    throw error
  }
}

describe('a key ring', () => {
  test('is read from its text, the newest key first', () => {
    const read = parseKeyRing(` ${second} , ${first}`)
    expect(read.current).toBe('second')
    expect([...read.keys.keys()]).toEqual(['second', 'first'])
    expect(read.keys.get('first')).toHaveLength(32)
  })

  const key = first.split(':')[1] ?? ''
  test.for([
    ['', 'key 1 is not like name:base64'],
    ['first:', 'key 1 is not like name:base64'],
    ['first', 'key 1 is not like name:base64'],
    [`first:${key.slice(0, 40)}`, 'key 1 is not 32 bytes in base64'],
    [`${first},${first}`, 'the name of key 2 stands there twice'],
    [`${first},`, 'key 2 is not like name:base64'],
    [`a b:${key}`, 'key 1 is not like name:base64'],
    [`${'n'.repeat(31)}:${key}`, 'key 1 is not like name:base64'],
  ] as const)('that says "%s" is refused', ([text, message]) => {
    expect(messageOf(() => parseKeyRing(text))).toContain(message)
  })

  test('never shows a key when it is refused', () => {
    for (const text of [`first:${key.slice(1)}`, `first:${key}x${key}`, `${first},${first}`]) {
      expect(messageOf(() => parseKeyRing(text))).not.toContain(key.slice(1, 20))
    }
  })

  test.for([
    ['without its name', key],
    ['with name and key the wrong way round', `${key}:first`],
    ['with another sign between them', first.replace(':', '=')],
  ] as const)('never shows a key when it is refused for standing there %s', ([, text]) => {
    expect(messageOf(() => parseKeyRing(text))).not.toContain(key.slice(1, 20))
  })

  test.for([
    ['signs that are not base64', `first:${key.slice(0, 10)}*!${key.slice(10)}`],
    ['more behind it', `first:${key}${key}`],
    ['a third part', `${first}:${key}`],
  ] as const)('is refused when a key has %s', ([, text]) => {
    expect(messageOf(() => parseKeyRing(text))).toMatch(
      /key 1 is not (32 bytes in |like name:)base64/,
    )
  })

  test('in a file is made with one key, and read again', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'doorvoer-keys-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    const file = path.join(folder, 'keys')
    const made = await readOrMakeKeyRing(file, systemRandom)
    expect(made.keys.size).toBe(1)
    expect(await readOrMakeKeyRing(file, systemRandom)).toEqual(made)
    await writeFile(file, `${second}\n${first}\n`)
    expect((await readOrMakeKeyRing(file, systemRandom)).current).toBe('second')
  })
})

describe('an envelope', () => {
  const text = 'apiSecret: "hemelhoog geheim €"'

  test('opens where it was made for, and says which key sealed it', () => {
    const envelope = seal(ring, random, text, place)
    expect(envelope).toMatch(/^v1\.first\.[\w-]{16}\.[\w-]{22}\.[\w-]+$/)
    expect(opened(envelope)).toBe(`opened: ${text}`)
    expect(sealedWith(envelope)).toBe('first')
    expect(envelope).not.toContain('geheim')
  })

  test('is another one each time, of the same text too, and of an empty one', () => {
    expect(seal(ring, random, text, place)).not.toBe(seal(ring, random, text, place))
    expect(opened(seal(ring, random, '', place))).toBe('opened: ')
  })

  test('opens at no other place', () => {
    const envelope = seal(ring, random, text, place)
    for (const other of ['credentials:2:webshop', 'credentials:1:accounting', '', `${place} `]) {
      expect(opened(envelope, other)).toBe('ENVELOPE_DAMAGED')
    }
  })

  test('opens with its own key only, under whatever name another one goes', () => {
    const envelope = seal(ring, random, text, place)
    expect(opened(envelope, place, parseKeyRing(second))).toBe('KEY_UNKNOWN')
    const imposter = parseKeyRing(second.replace('second', 'first'))
    expect(opened(envelope, place, imposter)).toBe('ENVELOPE_DAMAGED')
    expect(opened(envelope, place, parseKeyRing(`${second},${first}`))).toBe(`opened: ${text}`)
  })

  test('is damaged by any change of any of its bytes', () => {
    const envelope = seal(ring, random, text, place)
    const [version, name, ...parts] = envelope.split('.')
    for (const [index, part] of parts.entries()) {
      const bytes = Buffer.from(part, 'base64url')
      for (let at = 0; at < bytes.length; at += 1) {
        for (const flip of [1, 0x80, 0xff]) {
          const changed = Buffer.from(bytes)
          changed.writeUInt8(changed.readUInt8(at) ^ flip, at)
          const others = parts.with(index, changed.toString('base64url'))
          expect(opened([version, name, ...others].join('.'))).toBe('ENVELOPE_DAMAGED')
        }
      }
    }
  })

  test('is damaged when a part is missing, empty, or another envelope’s', () => {
    const envelope = seal(ring, random, text, place)
    const other = seal(ring, random, text, place).split('.')
    const parts = envelope.split('.')
    for (let count = 0; count < 5; count += 1) {
      expect(opened(parts.slice(0, count).join('.'))).toMatch(/DAMAGED|UNKNOWN/)
      if (count === 1) continue
      expect(opened(parts.with(count, '').join('.'))).toBe('ENVELOPE_DAMAGED')
      if (count > 1)
        expect(opened(parts.with(count, other[count] ?? '').join('.'))).toBe('ENVELOPE_DAMAGED')
    }
    for (const nonsense of ['', 'v1', '....', 'v2.first.a.b.c', text]) {
      expect(opened(nonsense)).toMatch(/DAMAGED|UNKNOWN/)
    }
  })

  test.for([4, 8, 12, 15])(
    'is damaged when only %i of the 16 bytes of its tag are left',
    (length) => {
      const parts = seal(ring, random, text, place).split('.')
      const tag = Buffer.from(parts[3] ?? '', 'base64url').subarray(0, length)
      expect(opened(parts.with(3, tag.toString('base64url')).join('.'))).toBe('ENVELOPE_DAMAGED')
    },
  )

  test('is damaged when something is added to it', () => {
    const envelope = seal(ring, random, text, place)
    expect([opened(`${envelope}.more`), opened(`${envelope}!`)]).toEqual([
      'ENVELOPE_DAMAGED',
      'ENVELOPE_DAMAGED',
    ])
  })

  test('that does not open says neither its text nor a key', () => {
    const envelope = seal(ring, random, text, place)
    for (const act of [
      () => unseal(ring, envelope, 'elsewhere'),
      () => unseal(parseKeyRing(second), envelope, place),
      () => unseal(ring, envelope.replace('v1', 'v9'), place),
    ]) {
      const message = messageOf(act)
      expect(message).toContain('EnvelopeError')
      expect(message).not.toContain('geheim')
      for (const each of [first, second])
        expect(message).not.toContain(each.split(':')[1]?.slice(0, 12))
    }
  })
})
