import { page, table } from '../kit/page.ts'
import { basePath } from './remote.ts'
import { type Vies } from './vies.ts'

const shownMax = 100

/** The page a person sees: the newest checks, the numbers and states that are out of the ordinary. */
export function showBackOffice(vies: Vies): string {
  const { checks, total, statusCalls, mostAtOnce } = vies.ledger.read(vies.traffic.mostAtOnce())
  return page(
    'VIES sandbox',
    `<p>API at <code>${basePath}</code>. ${total} checks, ${statusCalls} status calls. ` +
      `Number 100 is valid, 200 is not; the other test numbers fail.</p>` +
      `<h2>Checks</h2>${table(
        ['At', 'Number', 'Requester', 'Verdict', 'Consultation number', 'Call', 'Garbage'],
        checks
          .slice(-shownMax)
          .reverse()
          .map((check) => [
            check.at,
            check.number,
            check.requester,
            check.falseNegative ? `${check.verdict} (falsely)` : check.verdict,
            check.consultationNumber,
            check.call,
            check.garbage,
          ]),
      )}` +
      `<h2>Planted numbers</h2>${table(
        ['Number', 'Valid', 'Name', 'Address', 'Error'],
        Object.entries(vies.numbers.list())
          .slice(-shownMax)
          .map(([key, number]) => [
            key,
            number.valid ?? true,
            number.name ?? '',
            number.address ?? '',
            number.error ?? '',
          ]),
      )}` +
      `<h2>Member states</h2>${table(
        ['State', 'Mode', 'At once', 'Most at once', 'Answer ms', 'Discloses', 'Compares'],
        Object.entries(vies.states.list()).map(([code, state]) => [
          code,
          state.mode,
          state.concurrentMax,
          mostAtOnce[code] ?? 0,
          state.answerMs,
          state.discloses,
          state.compares,
        ]),
      )}` +
      `<h2>Garbage</h2>${table(
        ['Kind', 'Path', 'Hits', 'Left'],
        vies.garbage
          .list()
          .map(({ kind, path, hits, left }) => [kind, path ?? '', hits, left ?? 'for ever']),
      )}` +
      `<h2>Switches</h2>${table(['Switch', 'Now'], Object.entries(vies.switches))}`,
  )
}
