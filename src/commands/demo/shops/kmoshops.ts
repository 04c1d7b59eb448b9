import { startKmoshops, type OrderSpec } from '../../../../sandbox/kmoshops/index.ts'
import type { MixLine, MixOrder } from '../mix.ts'
import type { ShopEnd } from '../remotes.ts'

const lineOf = ({ option, ...line }: MixLine): OrderSpec['lines'][number] => ({
  ...line,
  ...(option !== undefined && { options: [option] }),
})

const statuses = { 'in-process': 2, cancelled: 8 } as const

const specOf = (order: MixOrder): OrderSpec => {
  const { buyer, lines, coupon, progress, statedTotal, ...same } = order
  const { houseNumber, ...person } = buyer
  return {
    ...same,
    ...person,
    housenumber: houseNumber,
    housenumberSuffix: '',
    lines: lines.map(lineOf),
    ...(coupon !== undefined && { coupon: { code: coupon.code, discount: coupon.amount } }),
    ...(progress !== undefined && { status: statuses[progress] }),
    ...(statedTotal !== undefined && { totalOverride: statedTotal }),
  }
}

/** The sandbox of KMO Shops as the demo's shop. */
export const startKmoshopsEnd = async (): Promise<ShopEnd> => {
  const sandbox = await startKmoshops({})
  return {
    url: sandbox.url,
    credentials: { apiRoot: sandbox.url, ...sandbox.credentials },
    settings: {},
    place(order) {
      const { id, number, totalCents } = sandbox.placeOrder(specOf(order))
      return { ref: { kind: 'order', id: String(id) }, number: number ?? '', totalCents }
    },
    pay: ({ id }) => void sandbox.changeOrder(Number(id), { paid: true, status: 2 }),
    mend(number, change) {
      const order = sandbox.orders().find((each) => each.number === number)
      if (order === undefined) throw new Error(`there is no order ${number}`)
      sandbox.changeOrder(order.id, { edit: change })
    },
    settled: () => sandbox.settled(),
    close: () => sandbox.close(),
  }
}
