/**
 * What the failure codes say (contract 1.4), in our own words: what the real `message` says was not
 * recorded. `VALID` and `INVALID` are answers and not here.
 */
const messages: Readonly<Record<string, string>> = {
  INVALID_INPUT: 'The country code is unknown or the VAT number has no valid form.',
  INVALID_REQUESTER_INFO: 'The VAT number of the requester is not valid.',
  SERVICE_UNAVAILABLE: 'The service is not available, try again later.',
  MS_UNAVAILABLE: 'The application of the member state does not reply or is not available.',
  TIMEOUT: 'The application of the member state did not reply in time.',
  SERVER_BUSY: 'The service cannot process the request, try again later.',
  TECHNICAL_ERROR: 'A technical error occurred, try again later.',
  VAT_BLOCKED: 'The VAT number is blocked.',
  IP_BLOCKED: 'The IP address is blocked.',
  GLOBAL_MAX_CONCURRENT_REQ: 'The maximum number of concurrent requests has been reached.',
  GLOBAL_MAX_CONCURRENT_REQ_TIME: 'The maximum number of requests in this time has been reached.',
  MS_MAX_CONCURRENT_REQ:
    'The maximum number of concurrent requests for this member state has been reached.',
  MS_MAX_CONCURRENT_REQ_TIME:
    'The maximum number of requests for this member state in this time has been reached.',
}

/** The failure codes of the contract. A state or number may be told to fail with any other too. */
export const failureCodes: readonly string[] = Object.keys(messages)

/** The text that goes with a failure code. */
export function messageOf(code: string): string {
  return messages[code] ?? 'An unknown error occurred.'
}

/** Whether a text may be used as a failure code: VALID and INVALID would be answers. */
export function isFailureCode(code: string): boolean {
  return /^[A-Z][A-Z0-9_]{0,59}$/.test(code) && code !== 'VALID' && code !== 'INVALID'
}
