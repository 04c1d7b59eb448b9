import { Agent, request as httpRequest } from 'node:http'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { json, text } from './message.ts'
import { page, table } from './page.ts'
import { type Sandbox, type SandboxRequest, startServer } from './server.ts'

let sandbox: Sandbox
let seen: SandboxRequest[] = []
let resets = 0

beforeEach(async () => {
  seen = []
  resets = 0
  sandbox = await startServer({
    name: 'test',
    options: { now: () => new Date('2026-03-02T10:00:00Z') },
    handle: (request) => {
      seen.push(request)
      if (request.path === '/bug') throw new Error('oops')
      return text('fine')
    },
    control: { 'GET /ledger': () => json({ invoices: 3 }) },
    backOffice: () => page('Back office', table(['Name'], [['<b>']])),
    reset: () => (resets += 1),
  })
})

afterEach(() => sandbox.close())

function control(method: string, path: string, body?: unknown): Promise<Response> {
  const content = body === undefined ? {} : { body: JSON.stringify(body) }
  return fetch(`${sandbox.url}/_sandbox/${path}`, { method, ...content })
}

describe('a request', () => {
  it('reaches the system undecoded', async () => {
    await fetch(`${sandbox.url}/clients/a%2Fb?q=x%20y&q=z`, {
      method: 'PUT',
      body: '{"naïve":"€"}',
    })
    expect(seen).toMatchObject([
      {
        method: 'PUT',
        path: '/clients/a%2Fb',
        rawUrl: '/clients/a%2Fb?q=x%20y&q=z',
        body: '{"naïve":"€"}',
      },
    ])
    expect(seen[0]?.query.getAll('q')).toEqual(['x y', 'z'])
  })

  it('without a body has an empty one', async () => {
    await fetch(`${sandbox.url}/clients`)
    expect(seen[0]?.body).toBe('')
  })

  it('that is too large is refused', async () => {
    const response = await fetch(sandbox.url, { method: 'POST', body: 'x'.repeat(17_000_000) })
    expect(response.status).toBe(413)
    expect(seen).toEqual([])
  })

  it('that trips the sandbox itself says so', async () => {
    const response = await fetch(`${sandbox.url}/bug`)
    expect(response.status).toBe(500)
    expect(await response.text()).toMatch('bug in the test sandbox: Error: oops')
  })

  it('goes over a connection that stays open', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const first = await localPort(agent)
    expect(await localPort(agent)).toBe(first)
    agent.destroy()
  })
})

describe('control', () => {
  it('shows the back office, with text made safe', async () => {
    const response = await control('GET', '')
    expect(response.headers.get('content-type')).toMatch('text/html')
    expect(await response.text()).toMatch('&lt;b&gt;')
    expect((await fetch(`${sandbox.url}/_sandbox`)).status).toBe(200)
  })

  it('has the routes of the system', async () => {
    expect(await (await control('GET', 'ledger')).json()).toEqual({ invoices: 3 })
  })

  it('tells what there is when a route is not there', async () => {
    const response = await control('GET', 'nothing')
    expect(response.status).toBe(404)
    expect(await response.text()).toMatch('GET /ledger')
  })

  it('is never hit by a fault', async () => {
    sandbox.faults.add({ fault: 'reset-before', times: 0 })
    expect((await control('GET', 'ledger')).status).toBe(200)
    expect(seen).toEqual([])
  })

  it('adds, shows and removes faults', async () => {
    const added = await control('POST', 'faults', [
      { fault: 'html' },
      { id: 'x', fault: 'latency' },
    ])
    expect(added.status).toBe(201)
    expect(await added.json()).toEqual({ ids: ['fault-1', 'x'] })
    await control('DELETE', 'faults?id=fault-1')
    expect(await (await control('GET', 'faults')).json()).toMatchObject([{ id: 'x', hits: 0 }])
    await control('DELETE', 'faults')
    expect(sandbox.faults.list()).toEqual([])
    expect((await control('DELETE', 'faults?id=x')).status).toBe(404)
  })

  it('adds nothing of a list with a mistake in it', async () => {
    const response = await control('POST', 'faults', [{ fault: 'html' }, { fault: 'typo' }])
    expect(response.status).toBe(400)
    expect(await response.text()).toMatch(/^fault must be one of/)
    expect(sandbox.faults.list()).toEqual([])
  })

  it('sets the latency of every answer', async () => {
    await control('PUT', 'latency', { latencyMs: 60 })
    expect(await (await control('GET', 'latency')).json()).toEqual({ latencyMs: 60 })
    const start = performance.now()
    await fetch(sandbox.url)
    expect(performance.now() - start).toBeGreaterThan(55)
    expect((await control('PUT', 'latency', { latencyMs: -1 })).status).toBe(400)
  })

  it('resets the system, the faults and the log', async () => {
    sandbox.faults.add({ fault: 'html' })
    await fetch(sandbox.url)
    await control('POST', 'reset')
    expect(resets).toBe(1)
    expect(sandbox.faults.list()).toEqual([])
    expect(await (await control('GET', 'requests')).json()).toEqual([])
  })
})

describe('the log', () => {
  it('holds method, path, status and fault, and no secret', async () => {
    sandbox.faults.add({ match: { path: '/two' }, fault: 'error-before' })
    await fetch(`${sandbox.url}/one?token=hush`, { headers: { authorization: 'Basic hush' } })
    await fetch(`${sandbox.url}/two`)
    const log = await (await control('GET', 'requests')).text()
    expect(JSON.parse(log)).toEqual([
      { at: '2026-03-02T10:00:00.000Z', method: 'GET', path: '/one', status: 200 },
      {
        at: '2026-03-02T10:00:00.000Z',
        method: 'GET',
        path: '/two',
        status: 503,
        fault: 'error-before',
      },
    ])
    expect(log).not.toMatch('hush')
  })

  it('notes a client that gave up waiting, once it did', async () => {
    sandbox.faults.add({ fault: 'timeout-before' })
    await expect(fetch(sandbox.url, { signal: AbortSignal.timeout(40) })).rejects.toThrow()
    await vi.waitFor(async () => {
      const log = await (await control('GET', 'requests')).json()
      expect(log).toMatchObject([{ status: 0, fault: 'timeout-before' }])
    })
  })

  it('keeps the last 200', async () => {
    for (let index = 1; index <= 203; index += 1) await fetch(`${sandbox.url}/${index}`)
    const log = (await (await control('GET', 'requests')).json()) as { path: string }[]
    expect(log).toHaveLength(200)
    expect([log[0]?.path, log[199]?.path]).toEqual(['/4', '/203'])
  })
})

describe('closing', () => {
  it('cuts open connections at once', async () => {
    sandbox.faults.add({ fault: 'timeout-before' })
    const arrived = fetch(sandbox.url).catch((error: unknown) => error)
    await control('GET', 'requests')
    const start = performance.now()
    await sandbox.close()
    expect(performance.now() - start).toBeLessThan(1000)
    expect(await arrived).toBeInstanceOf(TypeError)
  })

  it('leaves the port free for another', async () => {
    const { port } = sandbox
    await sandbox.close()
    sandbox = await startServer({
      name: 'again',
      options: { port },
      handle: () => text('again'),
      backOffice: () => '',
      reset: () => undefined,
    })
    expect(sandbox.port).toBe(port)
  })

  it('does not start on a port that is taken', async () => {
    const start = startServer({
      name: 'second',
      options: { port: sandbox.port },
      handle: () => text(''),
      backOffice: () => '',
      reset: () => undefined,
    })
    await expect(start).rejects.toThrow('EADDRINUSE')
  })
})

/** Makes a request and tells from which port of ours it went. */
function localPort(agent: Agent): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(sandbox.url, { agent }, (response) => {
      const port = response.socket.localPort
      response.resume()
      response.on('end', () => resolve(port))
    })
    request.on('error', reject)
    request.end()
  })
}
