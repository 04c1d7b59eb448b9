import { startTestServer } from './server.ts'

/** Before all tests; the processes they run in inherit where the server is. */
export default startTestServer
