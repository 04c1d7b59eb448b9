import { shareCompiledCode } from './compiled-code.ts'
import { hasTestServer, startTestServer } from './server.ts'

/** Before all tests; the processes they run in inherit where the server and the compiled code are. */
export default (): Promise<() => Promise<void>> | undefined => {
  shareCompiledCode()
  // Whoever runs the tests many times over has started one for all of them.
  return hasTestServer() ? undefined : startTestServer()
}
