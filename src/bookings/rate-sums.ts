import type { RateSum } from '../database/schema.ts'
import { toCents } from '../money/amount.ts'
import type { Draft } from '../sale/draft.ts'

/** What a draft comes to per percentage, as it is kept with its booking. */
export const sumsOf = ({ rates }: Pick<Draft, 'rates'>): RateSum[] =>
  rates
    .filter(({ net, vat }) => net.times(100).isInteger() && vat.times(100).isInteger())
    .map(({ vatPercent, net, vat }) => ({
      percent: vatPercent.toString(),
      net: toCents(net),
      vat: toCents(vat),
    }))
