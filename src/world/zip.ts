import { crc32 } from 'node:zlib'

export interface ZipFile {
  /** With slashes, relative. */
  path: string
  content: Buffer
}

/** 1 January 1980: the first day a zip knows. The same files make the same bytes, whenever and wherever. */
const date = 0x0021
const version = 20
/** Names are UTF-8. */
const flags = 0x0800
/** An ordinary file that everybody may read, as Unix tools unpack it. */
const attributes = 0o100644 * 0x10000
const madeOnUnix = 3 * 256 + version

/** The fields that the header of a file and its entry in the directory share. */
const common = ({ path, content }: ZipFile): Buffer => {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(version, 0)
  fields.writeUInt16LE(flags, 2)
  // Stored, not deflated: the output of zlib differs between its versions.
  fields.writeUInt16LE(0, 4)
  fields.writeUInt16LE(0, 6)
  fields.writeUInt16LE(date, 8)
  fields.writeUInt32LE(crc32(content), 10)
  fields.writeUInt32LE(content.length, 14)
  fields.writeUInt32LE(content.length, 18)
  fields.writeUInt16LE(Buffer.byteLength(path), 22)
  return fields
}

const signed = (signature: number, ...parts: readonly Buffer[]): Buffer => {
  const head = Buffer.alloc(4)
  head.writeUInt32LE(signature)
  return Buffer.concat([head, ...parts])
}

const uint16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

/** Whether a path stays in the folder where somebody unpacks it, on any system. */
const isInside = (path: string): boolean =>
  /^[^/\\:\0][^\\:\0]*$/.test(path) && !path.split('/').includes('..')

/**
 * A zip of these files, sorted by path. For a few small files: no zip64.
 * @throws Error for a path that would leave the folder it is unpacked in
 */
export const zipOf = (files: readonly ZipFile[]): Buffer => {
  for (const { path } of files) {
    if (!isInside(path)) throw new Error(`"${path}" leads out of the zip`)
  }
  const sorted = files.toSorted((one, other) => (one.path < other.path ? -1 : 1))
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const file of sorted) {
    const name = Buffer.from(file.path)
    const body = Buffer.concat([signed(0x04034b50, common(file)), name, file.content])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(attributes, 6)
    tail.writeUInt32LE(offset, 10)
    directory.push(signed(0x02014b50, uint16(madeOnUnix), common(file), tail, name))
    bodies.push(body)
    offset += body.length
  }
  const entries = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(sorted.length, 4)
  end.writeUInt16LE(sorted.length, 6)
  end.writeUInt32LE(entries.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...bodies, entries, signed(0x06054b50, end)])
}
