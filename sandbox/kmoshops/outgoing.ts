import { Agent as HttpAgent, type IncomingMessage, request as httpRequest } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

const answerBytesMax = 64 * 1024
const socketsMax = 64

/** What the other side answered; status 0 when it gave no whole answer. */
export interface RemoteAnswer {
  status: number
  body: string
  error?: string
}

export interface Outgoing {
  /** Never throws and never rejects: no answer is an answer too. */
  post(call: {
    address: string
    headers: Record<string, string>
    body: string
    timeoutMs: number
  }): Promise<RemoteAnswer>
  close(): void
}

/** The platform's own calls: handshake, uninstall and webhooks, over connections kept alive. */
export function createOutgoing(): Outgoing {
  const http = new HttpAgent({ keepAlive: true, maxSockets: socketsMax })
  const https = new HttpsAgent({ keepAlive: true, maxSockets: socketsMax })

  const post: Outgoing['post'] = ({ address, headers, body, timeoutMs }) =>
    new Promise((resolve) => {
      const url = parse(address)
      if (url === undefined) {
        resolve({ status: 0, body: '', error: `not an address: ${address}` })
        return
      }
      const secure = url.protocol === 'https:'
      const send = secure ? httpsRequest : httpRequest
      // A header name goes over the line as it is written here: `x-hash` stays lower case (section 3.1).
      const request = send(url, {
        method: 'POST',
        agent: secure ? https : http,
        headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      })
      const timer = setTimeout(() => request.destroy(new Error('timeout')), timeoutMs)
      const finish = (answer: RemoteAnswer) => {
        clearTimeout(timer)
        resolve(answer)
      }
      request.on('response', (response) => readAnswer(response, finish))
      request.on('error', (error) => finish({ status: 0, body: '', error: error.message }))
      request.end(body)
    })

  return {
    post,
    close: () => {
      http.destroy()
      https.destroy()
    },
  }
}

function parse(address: string): URL | undefined {
  const url = URL.parse(address)
  return url !== null && /^https?:$/.test(url.protocol) ? url : undefined
}

/** Reads to the end, so that the connection can be used again, and keeps the beginning. */
function readAnswer(response: IncomingMessage, finish: (answer: RemoteAnswer) => void): void {
  let body = ''
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    if (body.length < answerBytesMax) body += chunk
  })
  response.on('end', () => finish({ status: response.statusCode ?? 0, body }))
  response.on('error', (error) => finish({ status: 0, body: '', error: error.message }))
}
