import type { Words } from '../nl/words.ts'
import account from './account.json'
import booking from './booking.json'
import configuration from './configuration.json'
import connecting from './connecting.json'
import errors from './errors.json'
import front from './front.json'
import help from './help.json'
import install from './install.json'
import licence from './licence.json'
import migration from './migration.json'
import open from './open.json'
import operator from './operator.json'
import parts from './parts.json'
import preview from './preview.json'
import profile from './profile.json'
import reconciliation from './reconciliation.json'
import report from './report.json'
import shell from './shell.json'
import signIn from './sign-in.json'
import support from './support.json'
import survey from './survey.json'

const words = {
  account,
  booking,
  configuration,
  connecting,
  errors,
  front,
  help,
  install,
  licence,
  migration,
  open,
  operator,
  parts,
  preview,
  profile,
  reconciliation,
  report,
  shell,
  signIn,
  support,
  survey,
} satisfies Words

/** Also the other way round: a key that Dutch no longer has does not compile. */
const english: Words = words
export default english satisfies typeof words
