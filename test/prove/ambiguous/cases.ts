import { accountings } from '../../../src/connectors/registry.ts'

/** How the answer of a create gets lost. */
export const forms = ['time-out', 'reset', '502', '504', 'cut off', 'killed'] as const
export type Form = (typeof forms)[number]

/** Whether the invoice is there nevertheless. */
const effects = ['created', 'not created'] as const

/** When a search by our reference would show it; never: no search gets an answer any more. */
const searches = ['at once', 'late', 'never'] as const

export interface AmbiguousCase {
  accounting: string
  form: Form
  effect: (typeof effects)[number]
  search: (typeof searches)[number]
}

export const titleOf = ({ accounting, form, effect, search }: AmbiguousCase): string =>
  `${accounting}: ${form} / ${effect} / found ${search}`

export const ambiguousCases: readonly AmbiguousCase[] = accountings.flatMap(({ id }) =>
  forms.flatMap((form) =>
    effects.flatMap((effect) =>
      searches.map((search) => ({ accounting: id, form, effect, search })),
    ),
  ),
)
