/** An error of the REST layer (contract 4.3). */
export interface Refusal {
  status: number
  /** The code in the body, which is not always the status (recordings). */
  code: number
  message: string
}

export const refusal = (status: number, message: string, code = status): Refusal => ({
  status,
  code,
  message,
})

export const noRoute = refusal(404, 'Request does not match any route.')
export const notFound = refusal(404, 'Resource not found.')
export const denied = refusal(403, 'Access denied')
/** Thrown without a code, so the answer is a 500 (recordings). */
export const roleMissing = refusal(500, 'Admin role not found', 0)
