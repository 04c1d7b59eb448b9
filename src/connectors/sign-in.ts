import type { Random } from '../world/random.ts'
import type { Session } from './session.ts'

/** The operator's registration with a remote that needs one to let merchants sign in; null where it doesn't. */
export type RemoteApp = { id: string; secret: string } | null

/** What talking needs before there are credentials. */
type Remote = Pick<Session<never, never>, 'http' | 'clock'> & { random: Random; app: RemoteApp }

/**
 * Connecting by consent in the merchant's browser (OAuth 1.0a with three legs, OAuth 2 with a code). The
 * caller keeps `kept` sealed between the two steps, and lets only the browser that began finish.
 */
export interface SignIn<C> {
  /** Whether the operator must have registered with the remote. */
  needsApp: boolean
  /**
   * Where the browser goes. `state` comes back with it; `returnAddress` is the registered one.
   * `credentials` holds what the merchant filled in; hidden fields are empty.
   * @throws Trouble
   */
  begin(
    remote: Remote,
    asked: { credentials: C; returnAddress: string; state: string },
  ): Promise<{ goTo: string; kept: Readonly<Record<string, string>> }>
  /** The browser came back with `query`: the complete credentials. @throws Trouble */
  finish(
    remote: Remote,
    back: {
      credentials: C
      returnAddress: string
      kept: Readonly<Record<string, string>>
      query: URLSearchParams
    },
  ): Promise<C>
  /** Only for credentials that go stale. */
  renewal?: {
    /** From when on they are renewed before use; null: never. */
    staleAt(credentials: C): Date | null
    /**
     * New ones. The engine sees to it that one worker does this at a time for one connection and that the
     * answer is stored before anything else happens.
     * @throws Trouble with `CREDENTIALS_REFUSED` when the merchant has to sign in again
     */
    renew(remote: Remote, credentials: C): Promise<C>
  }
}
