import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const [asBrotli, asGzip] = [promisify(brotliCompress), promisify(gzip)]

/** Below this a packet is a packet. */
const bytesMin = 1_400

const compress = async (file: string): Promise<void> => {
  const content = await readFile(file)
  if (content.length < bytesMin) return
  const [br, gz] = await Promise.all([
    asBrotli(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }),
    asGzip(content, { level: constants.Z_BEST_COMPRESSION }),
  ])
  await Promise.all([writeFile(`${file}.br`, br), writeFile(`${file}.gz`, gz)])
}

/**
 * Lays a small copy beside every text that is built, once, so that the server sends it as it lies: a phone
 * fetches a third, whether or not somebody put a proxy in front.
 */
export const precompress = (): Plugin => ({
  name: 'precompress',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const names = await readdir(dir, { recursive: true })
    const texts = names.filter((name) => /\.(?:js|css|html|svg)$/.test(name))
    await Promise.all(texts.map((name) => compress(path.join(dir, name))))
  },
})
