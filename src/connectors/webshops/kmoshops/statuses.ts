import type { Text } from '../../../problems/problem.ts'

/** Status ids of the platform (contract §6.2). The names a merchant sees are his own (`settings`). */
const names: Readonly<Record<string, Text>> = {
  1: { nl: 'Nieuw', en: 'New' },
  2: { nl: 'In behandeling', en: 'In process' },
  3: { nl: 'Wacht op fabrikant', en: 'Wait for manufacturer' },
  4: { nl: 'Wacht op betaling', en: 'Wait for payment' },
  5: { nl: 'Verzonden', en: 'Sent' },
  6: { nl: 'Afgeleverd', en: 'Delivered' },
  7: { nl: 'Voltooid', en: 'Completed' },
  8: { nl: 'Geannuleerd', en: 'Cancelled' },
  9: { nl: 'Wacht op leverancier', en: 'Wait for supplier' },
  10: { nl: 'Wordt ingepakt', en: 'Is being packaged' },
  11: { nl: 'Klaar om af te halen', en: 'Ready to be collected' },
  12: { nl: 'Wordt samengesteld', en: 'Is being assembled' },
  13: { nl: 'Nabestelling', en: 'Backorder' },
  14: { nl: 'Gereserveerd', en: 'Reserved' },
}

export const cancelledStatus = '8'

export const statusIds: readonly string[] = Object.keys(names)

/** The name of a status as far as we know it without asking the shop: an order carries only the id. */
export const statusLabel = (id: string): string => names[id]?.nl ?? id

/** What a merchant picks from: both languages, for a list has no language of its own. */
export const statusChoice = (id: string): string => {
  const name = names[id]
  return name === undefined ? id : `${name.nl} (${name.en})`
}
