import { type SandboxRequest } from '../kit/server.ts'

/** The fields of a multipart body, without files: the vendor's own samples use it (contract §2). */
function readMultipart(body: string, boundary: string): URLSearchParams {
  const fields = new URLSearchParams()
  for (const part of body.split(`--${boundary}`)) {
    const [head = '', ...rest] = part.split('\r\n\r\n')
    const name = /name="([^"]*)"/.exec(head)?.[1]
    if (name !== undefined) fields.append(name, rest.join('\r\n\r\n').replace(/\r\n$/, ''))
  }
  return fields
}

/** The fields of a form post, urlencoded or multipart. */
export function readForm({ headers, body }: SandboxRequest): URLSearchParams {
  const boundary = /boundary="?([^";]+)"?/.exec(headers['content-type'] ?? '')?.[1]
  return boundary === undefined ? new URLSearchParams(body) : readMultipart(body, boundary)
}
