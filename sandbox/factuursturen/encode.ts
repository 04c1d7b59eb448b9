import { type Books } from './books.ts'
import { type Client } from './client.ts'
import { type Draft } from './drafts.ts'
import { type Invoice } from './invoice.ts'
import { toJson, wireClient, wireDraft, wireInvoice } from './wire.ts'

// Records are replaced, never changed, so what was written of one once stays true; a list of
// thousands is then only a join.
const invoiceTexts = new WeakMap<Invoice, string>()
const clientTexts = new WeakMap<Client, string>()
const newerClientTexts = new WeakMap<Client, string>()

/** An invoice as JSON text. */
export function encodeInvoice(invoice: Invoice): string {
  return remembered(invoiceTexts, invoice, () => toJson(wireInvoice(invoice)))
}

/** A client as JSON text. */
export function encodeClient(client: Client, { switches }: Pick<Books, 'switches'>): string {
  const newer = switches.newerClientFields
  const texts = newer ? newerClientTexts : clientTexts
  return remembered(texts, client, () => toJson(wireClient(client, newer)))
}

/** A draft as JSON text. */
export function encodeDraft(draft: Draft, { account }: Pick<Books, 'account'>): string {
  const profile = account.profiles.find(({ id }) => id === draft.profile)
  return toJson(wireDraft(draft, profile?.name ?? ''))
}

/** JSON texts as one list. */
export function encodeList(texts: readonly string[]): string {
  return `[${texts.join(',')}]`
}

function remembered<Key extends WeakKey>(
  texts: WeakMap<Key, string>,
  key: Key,
  write: () => string,
): string {
  const known = texts.get(key)
  if (known !== undefined) return known
  const text = write()
  texts.set(key, text)
  return text
}
