import type { Words } from '../nl/words.ts'
import booking from './booking.json'
import configuration from './configuration.json'
import connecting from './connecting.json'
import errors from './errors.json'
import install from './install.json'
import open from './open.json'
import parts from './parts.json'
import preview from './preview.json'
import report from './report.json'
import shell from './shell.json'
import signIn from './sign-in.json'

const words = {
  booking,
  configuration,
  connecting,
  errors,
  install,
  open,
  parts,
  preview,
  report,
  shell,
  signIn,
} satisfies Words

/** Also the other way round: a key that Dutch no longer has does not compile. */
const english: Words = words
export default english satisfies typeof words
