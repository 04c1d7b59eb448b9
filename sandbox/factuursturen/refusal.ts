/**
 * A request the remote turns down. The message is the whole plain-text body (contract 1.3); the
 * wording is invented.
 */
export class Refusal extends Error {
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.name = 'Refusal'
    this.status = status
  }
}
