/** A request the remote turns down, in the vendor's pattern `<field> is required` (contract 1.3). */
export class Refusal extends Error {
  readonly status: number

  constructor(message: string, status = 400) {
    super(message)
    this.name = 'Refusal'
    this.status = status
  }
}

/** A record that is not there: 404 by the general list of codes (contract 1.3). */
export function unknown(field: string): Refusal {
  return new Refusal(`${field} unknown`, 404)
}
