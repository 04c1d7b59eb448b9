import { createCipheriv, createDecipheriv } from 'node:crypto'
import { readOrMake } from '../world/kept-file.ts'
import type { Random } from '../world/random.ts'

/** Keys by name; the first one encrypts, all of them decrypt. */
export interface KeyRing {
  readonly current: string
  readonly keys: ReadonlyMap<string, Uint8Array>
}

/** An envelope that can't be opened: wrong key, damaged, or meant for another place. */
export class EnvelopeError extends Error {
  readonly code: 'KEY_UNKNOWN' | 'ENVELOPE_DAMAGED'
  constructor(code: EnvelopeError['code'], message: string) {
    super(message)
    this.name = 'EnvelopeError'
    this.code = code
  }
}

const keyBytes = 32
const ivBytes = 12
const tagBytes = 16

/**
 * Reads a key ring from its text form `name:base64,name:base64`, newest first.
 * @throws Error with a message for the operator
 */
export const parseKeyRing = (text: string): KeyRing => {
  const keys = new Map<string, Uint8Array>()
  for (const [index, part] of text.split(',').entries()) {
    // Messages name a key by its place until its name is known to be one: what stands there may be the key.
    const place = `key ${index + 1}`
    const [name = '', base64 = '', ...more] = part.trim().split(':')
    if (!/^[\w-]{1,30}$/.test(name) || base64 === '' || more.length > 0) {
      throw new Error(`${place} is not like name:base64, with a name of letters and digits`)
    }
    const key = Buffer.from(base64, 'base64')
    if (key.length !== keyBytes || key.toString('base64') !== base64) {
      throw new Error(`${place} is not ${keyBytes} bytes in base64`)
    }
    if (keys.has(name)) throw new Error(`the name of ${place} stands there twice`)
    keys.set(name, key)
  }
  const [current] = keys.keys()
  if (current === undefined) throw new Error('the key ring is empty')
  return { current, keys }
}

/** A new key in the text form of a ring. */
export const newKey = (name: string, random: Random): string =>
  `${name}:${Buffer.from(random.bytes(keyBytes)).toString('base64')}`

/** The ring in `file`, made with one fresh key (readable by its owner only) when there is none. */
export const readOrMakeKeyRing = async (file: string, random: Random): Promise<KeyRing> => {
  const text = await readOrMake(file, () => newKey('k1', random))
  return parseKeyRing(text.split(/\s+/).join(','))
}

/**
 * Encrypts with AES-256-GCM under the current key.
 * @param place where the envelope will lie, e.g. "connection:<id>:webshop": it opens nowhere else
 * @returns `v1.<key name>.<iv>.<tag>.<text>`, all base64url
 */
export const seal = (ring: KeyRing, random: Random, text: string, place: string): string => {
  const key = ring.keys.get(ring.current)
  if (key === undefined) throw new Error('the current key is not on the ring')
  const iv = random.bytes(ivBytes)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(place))
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  const parts = [iv, cipher.getAuthTag(), sealed].map((part) =>
    Buffer.from(part).toString('base64url'),
  )
  return ['v1', ring.current, ...parts].join('.')
}

/** Opens what `seal` made for the same place. @throws EnvelopeError */
export const unseal = (ring: KeyRing, envelope: string, place: string): string => {
  const [version, name = '', iv = '', tag = '', sealed = '', ...more] = envelope.split('.')
  if (version !== 'v1' || more.length > 0) {
    throw new EnvelopeError('ENVELOPE_DAMAGED', 'unknown form of envelope')
  }
  const key = ring.keys.get(name)
  if (key === undefined) {
    throw new EnvelopeError('KEY_UNKNOWN', `the key "${name.slice(0, 30)}" is not on the ring`)
  }
  try {
    // Without a length the shortest tag would do, and a tag of four bytes can be guessed.
    const options = { authTagLength: tagBytes }
    const decipher = createDecipheriv('aes-256-gcm', key, exactly(iv), options)
    decipher.setAAD(Buffer.from(place))
    decipher.setAuthTag(exactly(tag))
    return Buffer.concat([decipher.update(exactly(sealed)), decipher.final()]).toString('utf8')
  } catch {
    throw new EnvelopeError('ENVELOPE_DAMAGED', 'the envelope was changed or belongs elsewhere')
  }
}

/** Bytes from base64url that is written the one right way. */
const exactly = (text: string): Buffer => {
  const bytes = Buffer.from(text, 'base64url')
  if (bytes.toString('base64url') !== text) throw new Error('not base64url')
  return bytes
}

/** The name of the key that sealed `envelope`. */
export const sealedWith = (envelope: string): string => envelope.split('.')[1] ?? ''
