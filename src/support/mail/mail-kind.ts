import type { z } from 'zod'
import type { Language } from '../../problems/problem.ts'

/** What a mail is made of; the layout turns it into plain text and HTML, so that no text writes markup. */
export type MailPart =
  | { is: 'text'; text: string }
  | { is: 'button'; label: string; url: string }
  | { is: 'facts'; facts: readonly (readonly [label: string, value: string])[] }
  | { is: 'list'; items: readonly { text: string; url?: string }[] }

export interface MailText {
  subject: string
  parts: readonly MailPart[]
}

/** One kind of mail: what its text needs, and its text in every language. */
export interface MailKind<P extends z.ZodType = z.ZodType> {
  /** Whether it belongs to the service itself, so that nobody can unsubscribe from it. */
  essential: boolean
  params: P
  /** The invoice that goes with it, when one does. */
  invoice?(params: z.output<P>): string
  write(params: z.output<P>, language: Language): MailText
}

/** Keeps a kind's own parameter type while the table holds them all. */
export const mailKind = <P extends z.ZodType>(kind: MailKind<P>): MailKind<P> => kind
