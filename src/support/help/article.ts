import type { ProblemCode } from '../../problems/catalogue.ts'
import type { Text } from '../../problems/problem.ts'

/** Under which head a page of help stands. */
export const articleGroups = {
  sales: { nl: 'Wat er geboekt wordt', en: 'What is booked' },
  vat: { nl: 'Btw en bedragen', en: 'VAT and amounts' },
  connections: { nl: 'Koppelen en storingen', en: 'Connecting and outages' },
  account: { nl: 'Gebruik en gegevens', en: 'Use and data' },
} as const satisfies Record<string, Text>

export type ArticleGroup = keyof typeof articleGroups

/** A paragraph, or a list of points. */
export type Block = { kind: 'text'; text: Text } | { kind: 'list'; items: readonly Text[] }

/** One page of help: the answer to a question that merchants ask. */
export interface Article {
  /** Its place in the address, in lower case: codes are in upper case. */
  slug: string
  group: ArticleGroup
  title: Text
  /** The answer in one sentence. */
  summary: Text
  body: readonly Block[]
  /** The problems it is about. */
  codes: readonly ProblemCode[]
}

export const text = (nl: string, en: string): Block => ({ kind: 'text', text: { nl, en } })

/** @param items each as Dutch and English */
export const list = (...items: readonly (readonly [nl: string, en: string])[]): Block => ({
  kind: 'list',
  items: items.map(([nl, en]) => ({ nl, en })),
})
