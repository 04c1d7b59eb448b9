import type { Words } from '../nl/words.ts'
import booking from './booking.json'
import errors from './errors.json'
import licence from './licence.json'
import open from './open.json'
import parts from './parts.json'
import report from './report.json'
import shell from './shell.json'
import signIn from './sign-in.json'

const words = { booking, errors, licence, open, parts, report, shell, signIn } satisfies Words

/** Also the other way round: a key that Dutch no longer has does not compile. */
const english: Words = words
export default english satisfies typeof words
