/** How many integrations a spread burst goes over, each with a shop and books of its own. */
export const integrationCount = 20

/** Customers there are in all, however many integrations they are divided over. */
const customerCount = 400

/** `all`: in turn over every integration; `one`: all in the first. */
export type Spread = 'all' | 'one'

/** One sale of the bench. Everything about it follows from its order id. */
export interface Sale {
  integration: number
  orderId: number
}

/** What the calls of a sale have in them. */
export interface Facts {
  /** The order's number, a whole number. */
  orderNumber: number
  /** The number as people write it: the reference of the invoice. */
  reference: string
  email: string
  clientNumber: number
}

const base = 9_000_000_000
const perCustomer = 1_000_000
const width = { customer: 3 }

/** The customer is part of the order id, so that whoever sees the id knows all the rest without asking. */
export const factsOf = (orderId: number): Facts => {
  const customer = Math.floor((orderId - base) / perCustomer)
  const orderNumber = 5_000_000 + ((orderId - base) % perCustomer)
  return {
    orderNumber,
    reference: `W-${orderNumber}`,
    email: emailOf(customer),
    clientNumber: clientNumberOf(customer),
  }
}

const emailOf = (customer: number) =>
  `klant-${String(customer).padStart(width.customer, '0')}@bench.example`

// Long enough to be nothing else in a recorded call.
const clientNumberOf = (customer: number) => 700_001 + customer

let lastSale = 0

/** Makes sales nobody has had yet, no two of a customer close to each other. */
export const newSales = (count: number, spread: Spread): Sale[] =>
  Array.from({ length: count }, (_, index) => {
    lastSale += 1
    const integrations = spread === 'all' ? integrationCount : 1
    const customer = Math.floor(index / integrations) % (customerCount / integrations)
    return {
      integration: index % integrations,
      orderId: base + customer * perCustomer + lastSale,
    }
  })

/** The customers in the books of each integration before the first sale. */
export const customersOf = (spread: Spread): { email: string; clientNumber: number }[] =>
  Array.from(
    { length: spread === 'all' ? customerCount / integrationCount : customerCount },
    (_, index) => ({
      email: emailOf(index),
      clientNumber: clientNumberOf(index),
    }),
  )
