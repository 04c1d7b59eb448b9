import { createTestDatabase } from '../../support/database.ts'
import { startTestServer } from '../../support/server.ts'
import { nothing, type Part } from '../part.ts'
import { ambiguousCases, titleOf } from './cases.ts'
import { faultOf, tryCase } from './try-case.ts'

export const ambiguous: Part = {
  name: 'ambiguous',
  what: 'every way to lose an answer × created or not × found at once, late or never, for all four books',
  async run({ points }, tell) {
    const cases = ambiguousCases.filter(
      (each) => points.length === 0 || points.some((word) => titleOf(each).includes(word)),
    )
    const stopServer = await startTestServer()
    const database = await createTestDatabase()
    const result = { ...nothing, faults: [] as string[], figures: [] as string[] }
    let parked = 0
    try {
      for (const each of cases) {
        const ending = await tryCase(database, each)
        const fault = faultOf(each, ending)
        result.sales += 1
        result.invoices += ending.invoices
        if (ending.invoices > 1) result.doubled += 1
        if (ending.state === 'parked') parked += 1
        if (fault === null) continue
        const again = `npm run prove -- ambiguous --points '${titleOf(each)}'`
        result.faults.push(`${titleOf(each)}: ${fault}\n    again: ${again}`)
        tell(`${titleOf(each)}: ${fault}`)
      }
    } finally {
      await database.close()
      await stopServer()
    }
    result.figures.push(
      `${cases.length} lost answers, ${parked} of them for a person, because no search was answered any more`,
    )
    return result
  },
}
