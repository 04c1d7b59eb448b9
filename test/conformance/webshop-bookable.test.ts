import { describe, expect, it } from 'vitest'
import { firstProblem } from '../../src/sale/checks/all.ts'
import { makeDraft } from '../../src/sale/make-draft.ts'
import type { Sale } from '../../src/sale/sale.ts'
import { plainPosition } from '../../src/sale/vat-position.ts'
import { webshopSystems } from './webshop-systems.ts'
import { readSound, setStage } from './webshop-stage.ts'

/** Books that take everything: what is refused here is refused for what the shop said. */
const books = {
  system: 'any',
  vatCodes: true,
  currencies: 'any' as const,
  creditInvoices: true,
  vatRates: null,
}

/** Why a merchant who sells at the rates of `home` can't book a sale; null when it can be. */
const whyNot = (sale: Sale, home: 'NL' | 'BE'): object | null => {
  const vat = { ...plainPosition(home), oss: false }
  const drafting = makeDraft(sale, { leadingNumber: 'order', vat })
  return drafting.is === 'drafted'
    ? firstProblem({ sale, draft: drafting.draft, books })
    : drafting.reason
}

describe.each(Object.entries(webshopSystems))('%s', (_, system) => {
  it('books what it sold, however it rounds and whatever it took off', async () => {
    const { session, shop } = await setStage(system)
    const refused: unknown[] = []
    for (const order of shop.placeRandom(200)) {
      const why = whyNot(await readSound(system, session(), order), system.home)
      if (why !== null) refused.push([order.ref.id, why])
    }
    expect(refused).toEqual([])
  }, 120_000)
})
