import { anyFreePort } from '../../../src/database/embedded.ts'
import { databaseOn, type connectPool } from '../../../src/database/connect.ts'
import { createMerchant } from '../../../src/merchants/people.ts'
import { signInOn } from '../../../src/merchants/sign-in.ts'
import { wallClock } from '../../../src/world/clock.ts'
import { seededRandom, systemRandom } from '../../../src/world/random.ts'
import { listening, startProcess, type Running } from '../../crash/processes.ts'
import type { Balancer } from './balancer.ts'

export type Version = 'old' | 'new'

/** Web servers of two versions behind one address, and a merchant who looks at both. */
export interface Webs {
  /** Starts one; it gets its turns once it listens. @param version a folder with another version; null: this one */
  start(name: Version, version: string | null): Promise<Running>
  /** The merchant signs in at one and looks at everything at all of them. */
  look(integrationIds: readonly string[]): Promise<void>
  /** It gets nothing more to do, and is asked to end. */
  end(name: Version): Promise<void>
  /** How often each was looked at, and what was not answered as it should. */
  looked(): { looks: Readonly<Record<Version, number>>; faults: readonly string[] }
  kill(): Promise<void>
}

interface Plan {
  pool: ReturnType<typeof connectPool>
  databaseUrl: string
  home: string
  balancer: Balancer
}

interface Server {
  name: Version
  url: string
  running: Running
}

const person = { company: 'Zaak', name: 'Noor', language: 'nl' as const }
const email = 'noor@voorbeeld.example'
const password = 'wachtwoord van Noor'
const startMsMax = 300_000
const faultsMax = 20

/** What the dashboard asks for when somebody opens it. */
const pages = [
  'bookings?tab=report',
  'bookings?tab=open',
  'bookings?tab=errors',
  'counts',
  'causes',
  'configuration',
]

/** A merchant to whom all integrations of the database belong. */
const settle = async ({ pool, balancer }: Plan): Promise<void> => {
  const secret = Buffer.from(seededRandom(2).bytes(32)).toString('base64url')
  const signIn = signInOn({ pool, publicUrl: balancer.url, secret })
  const room = { pool, signIn, clock: wallClock, random: systemRandom }
  const { merchantId } = await createMerchant(room, { ...person, email, password })
  await databaseOn(pool).updateTable('integrations').set({ merchantId }).execute()
}

export const openWebs = async (plan: Plan): Promise<Webs> => {
  const { databaseUrl, home, balancer } = plan
  await settle(plan)
  let servers: Server[] = []
  let cookie = ''
  const looks: Record<Version, number> = { old: 0, new: 0 }
  const faults: string[] = []

  const signIn = async ({ url }: Server): Promise<string> => {
    const answer = await fetch(`${url}/api/auth/sign-in/email`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: balancer.url },
      body: JSON.stringify({ email, password }),
    })
    if (answer.status !== 200) throw new Error(`nobody can sign in: ${await answer.text()}`)
    return answer.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
  }

  const lookAt = async ({ name, url }: Server, paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const status = await fetch(`${url}${path}`, { headers: { cookie } }).then(
        async (answer) => (typeof (await answer.json()) === 'object' ? answer.status : 0),
        () => 0,
      )
      looks[name] += 1
      if (status !== 200 && faults.length < faultsMax) {
        faults.push(`the ${name} web server answered ${status} to ${path}`)
      }
    }
  }

  return {
    async start(name, version) {
      const port = await anyFreePort()
      const running = startProcess({
        program: 'web',
        databaseUrl,
        home,
        env: { DOORVOER_PORT: String(port), DOORVOER_PUBLIC_URL: balancer.url },
        ...(version !== null && { version }),
      })
      const ended = running.ended.then(() => {
        throw new Error(`a web server ended:\n${running.lastWords()}`)
      })
      ended.catch(() => undefined)
      await Promise.race([listening(port, startMsMax), ended])
      const url = `http://127.0.0.1:${port}`
      servers.push({ name, url, running })
      balancer.join(name, url)
      return running
    },
    async look(integrationIds) {
      const [first] = servers
      if (first === undefined) return
      // A session of one version is one of the other as well.
      if (cookie === '') cookie = await signIn(first)
      const rooms = integrationIds.flatMap((id) =>
        pages.map((page) => `/api/integrations/${id}/${page}`),
      )
      await Promise.all(servers.map((server) => lookAt(server, ['/api/me', ...rooms])))
    },
    async end(name) {
      await balancer.leave(name)
      const leaving = servers.filter((each) => each.name === name)
      servers = servers.filter((each) => each.name !== name)
      for (const { running } of leaving) {
        const { code, signal } = await running.stop()
        if (code !== 0) {
          faults.push(
            `the ${name} web server ended with ${code ?? signal}:\n${running.lastWords()}`,
          )
        }
      }
    },
    looked: () => ({ looks, faults }),
    async kill() {
      for (const { running } of servers) running.signal('SIGKILL')
      await Promise.all(servers.map(({ running }) => running.ended))
    },
  }
}
