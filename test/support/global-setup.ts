import { hasTestServer, startTestServer } from './server.ts'

/** Before all tests; the processes they run in inherit where the server is. */
export default (): Promise<() => Promise<void>> | undefined =>
  // Whoever runs the tests many times over has started one for all of them.
  hasTestServer() ? undefined : startTestServer()
