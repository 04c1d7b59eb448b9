import { type Key } from './keys.ts'
import { orNull, record, text, whole } from '../kit/reading.ts'

/** An app as entered in the developer app center (section 3). */
export interface App {
  id: number
  secret: string
  /** Null until entered. Signed exactly as registered, whatever a proxy makes of it. */
  handshakeUrl: string | null
  installUrl: string | null
  uninstallUrl: string | null
}

export const readAppChange = record<Partial<App>>({
  id: whole,
  secret: text,
  handshakeUrl: orNull(text),
  installUrl: orNull(text),
  uninstallUrl: orNull(text),
})

/** Where the one app of the store stands. */
export interface Installation {
  key: Key
  /** Whether the app has sent PATCH apps/{id} is_installed:true; without it, it stays "not installed". */
  isInstalled: boolean
}
