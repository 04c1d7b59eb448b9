import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'

export interface Received {
  method: string
  url: string
  /** Header names as they came over the line. */
  headerNames: string[]
  headers: Record<string, string>
  body: string
}

/** A tiny server that keeps what it gets and answers what it is told. */
export interface Receiver {
  url: string
  received: Received[]
  /** What to answer to each request. Default 200 OK. */
  answer: (request: Received) => { status: number; body: string }
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer((message, response) => {
    const chunks: Buffer[] = []
    message.on('data', (chunk: Buffer) => chunks.push(chunk))
    message.on('end', () => {
      const request = {
        method: message.method ?? '',
        url: message.url ?? '',
        headerNames: message.rawHeaders.filter((_, index) => index % 2 === 0),
        headers: message.headers as Record<string, string>,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      received.push(request)
      const { status, body } = receiver.answer(request)
      response.writeHead(status).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: () => ({ status: 200, body: 'OK' }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
