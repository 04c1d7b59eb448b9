import type { Clock } from '../world/clock.ts'
import type { HttpClient } from './http.ts'

/**
 * One end of one integration, ready to talk: what every call of a connector gets. Credentials are decrypted
 * for the time of a job only and never logged.
 */
export interface Session<Credentials, Settings> {
  credentials: Credentials
  settings: Settings
  http: HttpClient
  clock: Clock
}
