import { html } from '../kit/message.ts'
import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { type Hosting } from './switches.ts'

const firewall = html(
  '<!DOCTYPE html><html><head><title>Attention Required!</title></head><body>Request blocked</body></html>',
  403,
)
const maintenance = html(
  '<!DOCTYPE html><html><head><title>Service Temporarily Unavailable</title></head></html>',
  503,
)
const missing = html(
  '<!DOCTYPE html><html lang="nl"><head><title>404 Not Found 1</title></head><body>Whoops, our bad...</body></html>',
  404,
)
const password: SandboxAnswer = {
  status: 401,
  headers: {
    'content-type': 'text/html; charset=iso-8859-1',
    'www-authenticate': 'Basic realm="Staging"',
  },
  body: '<!DOCTYPE HTML><html><head><title>401 Unauthorized</title></head></html>',
}

/** What the host in front of Magento answers by itself; null when Magento is asked (contract 7). */
export function hostAnswer(hosting: Hosting, request: SandboxRequest): SandboxAnswer | null {
  const isRest = request.path.startsWith('/api/rest')
  switch (hosting) {
    case 'firewall':
      return firewall
    case 'maintenance':
      // api.php does not look at maintenance.flag in OpenMage: only pages are closed (contract 7).
      return isRest ? null : maintenance
    case 'rest-missing':
      return isRest ? missing : null
    case 'redirect':
      return { status: 301, headers: { location: `https://www.winkel.example${request.rawUrl}` } }
    case 'basic-auth':
      return /^basic /i.test(request.headers.authorization ?? '') ? null : password
    case 'plain':
    case 'header-stripped':
    case 'tls-offload':
      return null
  }
}

/** The request as it reaches Magento: some hosts drop the header that carries the signature. */
export function passedOn(hosting: Hosting, request: SandboxRequest): SandboxRequest {
  if (hosting !== 'header-stripped') return request
  const { authorization: _gone, ...headers } = request.headers
  return { ...request, headers }
}

/** What Magento itself answers where nothing is. */
export const noPage = missing
