import { type OrderSpec } from './order-spec.ts'
import { plainList } from './paging.ts'
import { found, type Resources, unknownId } from './resource.ts'
import { apiUrl, toJson, type World } from './world.ts'

interface PayMethod {
  id: number
  psp: string
  method: string
  label: string
  fixedCosts: number
}

const payMethods: PayMethod[] = [
  { id: 1, psp: 'Mollie', method: 'Bancontact', label: 'Bancontact', fixedCosts: 0 },
  { id: 2, psp: 'Mollie', method: 'Ideal', label: 'iDEAL', fixedCosts: 0 },
  { id: 3, psp: 'BankTransfer', method: '', label: 'Vooraf overmaken', fixedCosts: 1.21 },
  { id: 4, psp: 'PayPal', method: '', label: 'PayPal', fixedCosts: 0.5 },
  { id: 5, psp: 'OnAccount', method: '', label: 'Op rekening', fixedCosts: 0 },
]

/** The payment fields of an order: `paymethod` is a combined_name of the list below (section 6.6). */
export function payMethodOf({
  paymentMethod = 'BankTransfer',
}: OrderSpec): Record<string, unknown> {
  const known = payMethods.find((one) => combinedName(one) === paymentMethod)
  return {
    paymethod_id: known?.id ?? null,
    paymethod: paymentMethod,
    paymethod_label: known?.label ?? paymentMethod,
  }
}

export function payMethodIdOf({ paymentMethod = 'BankTransfer' }: OrderSpec): number | undefined {
  return payMethods.find((one) => combinedName(one) === paymentMethod)?.id
}

export function payMethodResources(world: World): Resources {
  return {
    // Not paginated: no start and size (section 6.6).
    paymethods: { GET: () => plainList(world, 'paymethods', payMethods.map(value)) },
    'paymethods/:id': {
      GET: ({ id }) => {
        const one = payMethods.find((method) => method.id === id)
        if (one === undefined) return unknownId()
        const href = apiUrl(world, `paymethods/${id}/`)
        return found('paymethods', toJson(world, { href, ...value(one) }))
      },
    },
  }
}

function combinedName({ psp, method }: PayMethod): string {
  return `${psp}${method}`
}

function value(one: PayMethod): Record<string, unknown> {
  return {
    id: one.id,
    psp: one.psp,
    method: one.method,
    combined_name: combinedName(one),
    label: one.label,
    extra_costs: one.fixedCosts > 0,
    extra_costs_fixed: one.fixedCosts,
    extra_costs_percentage: 0,
    apppsp: null,
    apppsppaymethod: null,
  }
}
