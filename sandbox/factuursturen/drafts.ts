import { type Document } from './document.ts'

/** A saved or repeating invoice: no number yet. */
export interface Draft extends Document {
  readonly id: number
  readonly kind: 'save' | 'repeat'
  /** The request's savename, unique within its kind (contract 3.2). */
  readonly name: string
  readonly dateSaved: string
  readonly createdAt: string
}

/** The drafts of the account, both kinds. */
export interface Drafts {
  nextId(): number
  put(draft: Draft): void
  get(kind: Draft['kind'], id: number): Draft | undefined
  named(kind: Draft['kind'], name: string): Draft | undefined
  remove(draft: Draft): void
  all(kind: Draft['kind']): Draft[]
}

/** Makes an empty set of drafts. */
export function createDrafts(): Drafts {
  const byId = new Map<number, Draft>()
  const byName = new Map<string, Draft>()
  let next = 1

  return {
    nextId: () => next,
    put: (draft) => {
      byId.set(draft.id, draft)
      byName.set(`${draft.kind} ${draft.name}`, draft)
      next = Math.max(next, draft.id + 1)
    },
    get: (kind, id) => {
      const draft = byId.get(id)
      return draft?.kind === kind ? draft : undefined
    },
    named: (kind, name) => byName.get(`${kind} ${name}`),
    remove: (draft) => {
      byId.delete(draft.id)
      byName.delete(`${draft.kind} ${draft.name}`)
    },
    all: (kind) => [...byId.values()].filter((draft) => draft.kind === kind),
  }
}
