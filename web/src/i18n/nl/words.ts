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

/** All words of the dashboard in Dutch, a file for each room. The other languages have the same keys. */
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
}

export type Words = typeof words
export default words
