import { sql } from 'kysely'
import { explain, isProblemCode } from '../../problems/catalogue.ts'
import type { Language } from '../../problems/problem.ts'
import type { TicketRoom } from './ticket-room.ts'

export interface TicketCause {
  code: string
  system: string | null
  params: Record<string, string | number>
  count: number
  ticketIds: string[]
}

/** As many as one answer may go to. */
const togetherMax = 200

/**
 * Tickets that wait for an answer, by what they have in common: the problem and the system it came from. Many at
 * once is an outage, or something that one answer explains to all.
 */
export const ticketCauses = async ({ db }: TicketRoom): Promise<TicketCause[]> => {
  const found = await sql<TicketCause>`
    select code, system, count(*)::int as count,
      (array_agg(id order by changed_at))[1:${sql.lit(togetherMax)}] as ticket_ids,
      (array_agg(params order by changed_at desc))[1] as params
    from tickets where state = 'asked' and code is not null
    group by code, system order by count(*) desc, code limit 100`.execute(db)
  return found.rows
}

/**
 * What the catalogue would answer, to begin an answer with; null for a code that is no more.
 * @param many whether it goes to several: then the figures of one of them may not pass for all
 */
export const cannedAnswer = (
  code: string,
  params: Readonly<Record<string, string | number>>,
  { many }: { many: boolean },
): Record<Language, string> | null => {
  if (!isProblemCode(code)) return null
  const ofOne = many && Object.keys(params).some((name) => name !== 'system')
  const said = (language: Language) => {
    const { text, cause, remedy } = explain(code, params, language)
    return `${ofOne ? cause : `${text} ${cause}`}\n\n${remedy}`
  }
  return { nl: said('nl'), en: said('en') }
}
