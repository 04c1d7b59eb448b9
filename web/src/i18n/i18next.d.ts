import 'i18next'
import type operator from './nl/operator.json'
import type { Words } from './nl/words.ts'

/** Makes the keys of `t` the keys of the Dutch files: a key that does not exist does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'shell'
    /** The console's words come later, with the console. */
    resources: Words & { operator: typeof operator }
    returnNull: false
  }
}
