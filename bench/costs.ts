import { cpuMsOf, postgresCpuMs } from './cpu.ts'
import { pause } from './moment.ts'
import type { Stage } from './stage.ts'
import { median } from './statistics.ts'

/** CPU milliseconds per sale, until everything about it was written down. */
export interface Costs {
  serviceMs: number
  databaseMs: number
  /** Of the sandboxes: the same for everybody, and nobody's cost. */
  remoteMs: number
}

/** What is still being tidied up after the last sale belongs to its costs. */
const afterMs = 300

/** Measures what `work` on so many sales takes of the processors. */
export const costsOf = async <T>(
  { remotes, server }: Stage,
  pids: readonly number[],
  sales: number,
  work: () => Promise<T>,
): Promise<{ result: T; costs: Costs }> => {
  const read = () =>
    Promise.all([cpuMsOf(pids), postgresCpuMs(server.postmasterPid), cpuMsOf(remotes.pids)])
  const [service, database, remote] = await read()
  const result = await work()
  await pause(afterMs)
  const [serviceAfter, databaseAfter, remoteAfter] = await read()
  return {
    result,
    costs: {
      serviceMs: (serviceAfter - service) / sales,
      databaseMs: (databaseAfter - database) / sales,
      remoteMs: (remoteAfter - remote) / sales,
    },
  }
}

export const medianCosts = (rounds: readonly Costs[]): Costs => ({
  serviceMs: median(rounds.map(({ serviceMs }) => serviceMs)),
  databaseMs: median(rounds.map(({ databaseMs }) => databaseMs)),
  remoteMs: median(rounds.map(({ remoteMs }) => remoteMs)),
})
