import type { Debtor, DebtorMatch } from '../connectors/accounting.ts'
import type { Draft } from '../sale/draft.ts'
import { reason, type Reason } from '../problems/reason.ts'
import { debtorRow, indexedDebtor } from './debtor-index.ts'
import { emailHash, type Desk, type FindRoom } from './desk.ts'
import { holdSince, makeOnce, type MadeOnce } from './make-once.ts'

export type DebtorFound =
  | { is: 'existing'; debtor: Debtor }
  /** Does not exist; these would be its traits. */
  | { is: 'missing'; traits: Debtor['traits'] }
  | { is: 'refused'; reason: Reason }
  /** Somebody is creating it, or it is unknown whether somebody did. */
  | { is: 'wait'; reason: Reason; until: Date }

/** Without VAT to a business elsewhere in the EU, goods or services. */
const isToBusinessAbroad = ({ regime }: Draft): boolean =>
  regime === 'intra-community' || regime === 'services-reverse-charge'

/**
 * The debtor that the merchant linked to the payment method; null when there is none. An intra-Community
 * supply always gets a debtor of its own: the VAT number on the invoice is the buyer's (spec §2.4).
 */
const fixedDebtor = async (desk: FindRoom, draft: Draft): Promise<DebtorFound | null> => {
  const byMethod = new Map(Object.entries(desk.settings.fixedDebtors))
  const id = byMethod.get(draft.paymentMethod?.id ?? '')
  if (id === undefined || id === '' || isToBusinessAbroad(draft)) return null
  const { connector, session } = desk.accounting
  const match = await connector.readDebtor(session, id)
  if (match.is === 'found') return { is: 'existing', debtor: match.debtor }
  return {
    is: 'refused',
    reason: reason('DEBTOR_NOT_FOUND', { system: connector.title, debtor: id }),
  }
}

/** The debtor with this address: asked of the books, or of our index of them where they can't search. */
const match = async (desk: FindRoom, email: string): Promise<DebtorMatch> => {
  const { connector, session } = desk.accounting
  if (connector.changedDebtors === undefined) return connector.findDebtor(session, email)
  const id = await indexedDebtor(desk, email)
  return id === null ? { is: 'none' } : connector.readDebtor(session, id)
}

/** The debtor of a draft: matched on e-mail in the books themselves, whatever we remember (spec §3). */
export const findDebtor = async (desk: FindRoom, draft: Draft): Promise<DebtorFound> => {
  const { connector, session, facts } = desk.accounting
  const fixed = await fixedDebtor(desk, draft)
  if (fixed !== null) return fixed
  const email = draft.debtor.buyer.email.trim()
  if (email === '') return { is: 'refused', reason: reason('EMAIL_MISSING') }

  const lookedAt = desk.clock.now()
  const found = await match(desk, email)
  if (found.is === 'found') return { is: 'existing', debtor: found.debtor }
  if (found.is === 'ambiguous') {
    const why = reason('DEBTOR_AMBIGUOUS', { system: connector.title, count: found.count })
    return { is: 'refused', reason: why }
  }

  // The search says no, but a debtor we made a moment ago may not be in its index yet.
  const known = await debtorRow(desk, emailHash(desk.debtorKey, email))
  if (known?.remoteId != null) {
    const made = await connector.readDebtor(session, known.remoteId)
    if (made.is === 'found') return { is: 'existing', debtor: made.debtor }
  }
  const hold = holdSince(desk, known, lookedAt)
  if (hold === 'over') return findDebtor(desk, draft)
  if (hold !== null) return hold
  return { is: 'missing', traits: connector.planDebtor(draft, facts) }
}

/** Creates a debtor at most once. */
export const makeDebtor = (
  desk: Desk,
  draft: Draft,
  traits: Debtor['traits'],
): Promise<MadeOnce<Debtor>> => {
  const { commits, lease } = desk
  const hash = emailHash(desk.debtorKey, draft.debtor.buyer.email)
  return makeOnce<Debtor>(
    desk,
    {
      hold: (until) => commits.holdDebtor(lease, hash, until),
      remember: (made) => commits.rememberDebtor(lease, hash, made?.id ?? null),
    },
    (session) => desk.accounting.connector.createDebtor(session, draft.debtor, traits),
  )
}
