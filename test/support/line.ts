import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A line of TCP to somewhere, which can be cut, or go dead without anybody being told. */
export interface Line {
  port: number
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>
  /** Refuses new connections; those there are go on. */
  refuse(): void
  mend(): Promise<void>
  /** From now on nothing more goes over the connections there are; new ones are sound. @returns how many hang */
  hang(): number
  /** Everything that was said from the near end. */
  said(): string
  close(): Promise<void>
}

/** Opens a line to a port of `host`, on a port of loopback. */
export const openLine = async (host: string, to: number): Promise<Line> => {
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
    const far = connect(to, host)
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
  const cut = () =>
    new Promise<void>((resolve) => {
      line.close(() => {
        resolve()
      })
      for (const socket of sockets) socket.destroy()
    })
  return {
    port,
    cut,
    refuse: () => void line.close(),
    mend: () => listen(port),
    hang() {
      for (const socket of sockets) socket.unpipe().pause()
      return sockets.size / 2
    },
    said: () => said.join(''),
    async close() {
      if (line.listening) await cut()
      else for (const socket of sockets) socket.destroy()
    },
  }
}
