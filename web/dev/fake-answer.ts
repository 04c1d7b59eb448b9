import type { z } from 'zod'
import type { ProblemCode } from '../../src/problems/catalogue.ts'
import type { Language } from '../../src/problems/problem.ts'
import type { Api, RouteKey } from '../../src/server/api.ts'

/** What a screen asks of the fake server. */
export interface Question {
  params: Record<string, string>
  query: { language: Language; [name: string]: string | number | undefined }
  body: {
    language?: Language
    bookingIds?: string[]
    code?: string
    decision?: string
    remoteNumber?: string
    sale?: { number: string } | { kind: string; id: string }
  }
  /** The language of the user, which this server keeps in the session cookie. */
  preferred: Language
  changed: () => void
}

/** An error answer of the fake server. */
export class Refusal extends Error {
  readonly status: number
  readonly code: ProblemCode
  constructor(status: number, code: ProblemCode) {
    super(code)
    this.status = status
    this.code = code
  }
}

/** Routes that no screen asks yet are left out. */
export type Answers = {
  [K in RouteKey]?: (question: Question) => z.output<Api[K]['answer']> | Promise<never>
}
