import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { connectPool, databaseOn, type ConnectOptions } from '../../src/database/connect.ts'
import type { TestDatabase } from './database.ts'

/** A test database behind a line that can be cut: as when the server is restarted, or a cable pulled. */
export interface WeakLink {
  database: TestDatabase
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>
  mend(): Promise<void>
  /** From now on nothing more goes over the connections there are, and nobody is told; new ones are sound. */
  hang(): void
  /** How many statements with this text went over the line. */
  asked(text: string): number
  close(): Promise<void>
}

export const behindWeakLink = async (
  database: TestDatabase,
  options: Pick<ConnectOptions, 'answerMsMax'> = {},
): Promise<WeakLink> => {
  const there = new URL(database.url)
  const sockets = new Set<Socket>()
  const said: string[] = []
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      sockets.delete(socket)
      other.destroy()
    })
  }
  const line = createServer((near) => {
    const far = connect(Number(there.port), there.hostname)
    keep(near, far)
    keep(far, near)
    near.on('data', (bytes) => said.push(bytes.toString('latin1')))
    near.pipe(far)
    far.pipe(near)
  })
  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      line.once('error', reject)
      line.listen(port, '127.0.0.1', () => {
        line.off('error', reject)
        resolve()
      })
    })
  await listen(0)
  const { port } = line.address() as AddressInfo
  const url = new URL(database.url)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  const pool = connectPool({ url: url.toString(), ...options })
  const cut = () =>
    new Promise<void>((resolve) => {
      line.close(() => {
        resolve()
      })
      for (const socket of sockets) socket.destroy()
    })
  return {
    database: { ...database, url: url.toString(), pool, db: databaseOn(pool) },
    cut,
    mend: () => listen(port),
    hang: () => {
      for (const socket of sockets) socket.unpipe().pause()
    },
    asked: (text) => said.join('').split(text).length - 1,
    async close() {
      await pool.end()
      if (line.listening) await cut()
    },
  }
}
