import booking from './booking.json'
import errors from './errors.json'
import help from './help.json'
import migration from './migration.json'
import open from './open.json'
import operator from './operator.json'
import parts from './parts.json'
import reconciliation from './reconciliation.json'
import report from './report.json'
import shell from './shell.json'
import signIn from './sign-in.json'
import support from './support.json'
import survey from './survey.json'

/** All words of the dashboard in Dutch, a file for each room. The other languages have the same keys. */
const words = {
  booking,
  errors,
  help,
  migration,
  open,
  operator,
  parts,
  reconciliation,
  report,
  shell,
  signIn,
  support,
  survey,
}

export type Words = typeof words
export default words
