import type { ProductPlan, ProductShelf } from '../connectors/accounting.ts'
import type { Draft } from '../sale/draft.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { asked } from './commit-errors.ts'
import type { Desk, FindRoom } from './desk.ts'
import { holdSince, makeOnce } from './make-once.ts'

export type ProductsFound =
  /** Remote ids by code. */
  | { is: 'found'; products: Readonly<Record<string, string>> }
  | { is: 'refused'; reason: Reason }
  /** Somebody is creating one, or it is unknown whether somebody did. */
  | { is: 'wait'; reason: Reason; until: Date }
  /** Creating one went wrong, in a way that passes. */
  | { is: 'failed'; reason: Reason; until: Date; broken?: true }

type One = { is: 'found'; id: string } | Exclude<ProductsFound, { is: 'found' }>

const remembered = (desk: Pick<Desk, 'integrationId' | 'db'>, codes: readonly string[]) =>
  asked(
    desk.db
      .selectFrom('products')
      .select(['code', 'remoteId', 'heldUntil'])
      .where('integrationId', '=', desk.integrationId)
      .where('code', 'in', codes)
      .execute(),
  )

/** What we know of the products a draft refers to, without asking: enough to compose for a preview. */
export const knownProducts = async (
  desk: FindRoom,
  draft: Draft,
): Promise<Readonly<Record<string, string>>> => {
  const { connector, facts } = desk.accounting
  const wanted = connector.products?.wanted(draft, facts) ?? []
  if (wanted.length === 0) return {}
  const rows = await remembered(
    desk,
    wanted.map(({ code }) => code),
  )
  return Object.fromEntries(
    rows.flatMap(({ code, remoteId }) => (remoteId === null ? [] : [[code, remoteId]])),
  )
}

/** Creates a product at most once. */
const make = async (
  desk: Desk,
  shelf: ProductShelf<never, never>,
  plan: ProductPlan,
): Promise<One> => {
  const { commits, lease } = desk
  const made = await makeOnce<string>(
    desk,
    {
      hold: (until) => commits.holdProduct(lease, plan.code, until),
      remember: (id) => commits.rememberProduct(lease, plan.code, id),
    },
    (session) => shelf.createProduct(session, plan),
  )
  return made.is === 'made' ? { is: 'found', id: made.value } : made
}

const findOne = async (
  desk: Desk,
  shelf: ProductShelf<never, never>,
  plan: ProductPlan,
): Promise<One> => {
  const { connector, session } = desk.accounting
  const lookedAt = desk.clock.now()
  const found = await shelf.findProduct(session, plan.code)
  if (found.is === 'found') {
    await desk.commits.rememberProduct(desk.lease, plan.code, found.id)
    return found
  }
  if (found.is === 'ambiguous') {
    const params = { system: connector.title, code: plan.code, count: found.count }
    return { is: 'refused', reason: reason('PRODUCT_AMBIGUOUS', params) }
  }
  const [row] = await remembered(desk, [plan.code])
  const hold = holdSince(desk, row, lookedAt)
  if (hold === 'over') return findOne(desk, shelf, plan)
  return hold ?? make(desk, shelf, plan)
}

/**
 * The products a draft refers to; missing ones are made. Sales with the same product take turns.
 * @returns the very same products that were known when none was missing
 */
export const findProducts = async (
  desk: Desk,
  draft: Draft,
  known: Readonly<Record<string, string>>,
): Promise<ProductsFound> => {
  const { connector, facts } = desk.accounting
  const shelf = connector.products
  const missing = (shelf?.wanted(draft, facts) ?? []).filter(
    ({ code }) => !Object.hasOwn(known, code),
  )
  if (shelf === undefined || missing.length === 0) return { is: 'found', products: known }
  const products = new Map(Object.entries(known))
  for (const plan of missing) {
    if (products.has(plan.code)) continue
    const one = await desk.inTurn(`product ${plan.code}`, async (): Promise<One> => {
      const [row] = await remembered(desk, [plan.code])
      if (row?.remoteId != null) return { is: 'found', id: row.remoteId }
      return findOne(desk, shelf, plan)
    })
    if (one.is !== 'found') return one
    products.set(plan.code, one.id)
  }
  return { is: 'found', products: Object.fromEntries(products) }
}

/**
 * After the books refused an invoice: a product may be gone from them, or belong to another administration.
 * The next time all of this draft are looked for.
 */
export const forgetProducts = async (desk: Desk, draft: Draft): Promise<void> => {
  for (const code of Object.keys(await knownProducts(desk, draft))) {
    await desk.inTurn(`product ${code}`, async () => {
      const [row] = await remembered(desk, [code])
      // Whoever is making it anew keeps his hold.
      if (row?.remoteId != null) await desk.commits.rememberProduct(desk.lease, code, null)
    })
  }
}
