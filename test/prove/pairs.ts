import { accountings, webshops } from '../../src/connectors/registry.ts'

export interface Pair {
  webshop: string
  accounting: string
}

/** Every webshop with every accounting system of the registry. */
export const allPairs: readonly Pair[] = webshops.flatMap((webshop) =>
  accountings.map((accounting) => ({ webshop: webshop.id, accounting: accounting.id })),
)

export const nameOf = ({ webshop, accounting }: Pair): string => `${webshop}:${accounting}`
