/** An answer of the API that is an error; its shape is the one of contract §3. */
export class Refusal extends Error {
  readonly status: number
  readonly type: string

  constructor(status: number, type: string, message: string) {
    super(message)
    this.name = 'Refusal'
    this.status = status
    this.type = type
  }
}

export const notFound = (message = 'Niet gevonden'): Refusal =>
  new Refusal(404, 'client.not_found.resource', message)

/** What a model's validation says: sentences in one list, no fields (contract §3). */
export const invalid = (
  model: 'Contact' | 'Product' | 'Factuur',
  sentences: readonly string[],
): Refusal =>
  new Refusal(
    422,
    'client.parameters.validation',
    `${model} is invalid: ${sentences.map((sentence) => `${sentence}.`).join(' ')}`,
  )
