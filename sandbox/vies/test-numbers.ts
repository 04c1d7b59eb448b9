const codes: ReadonlyMap<string, string> = new Map([
  ['100', 'VALID'],
  ['200', 'INVALID'],
  ['201', 'INVALID_INPUT'],
  ['202', 'INVALID_REQUESTER_INFO'],
  ['300', 'SERVICE_UNAVAILABLE'],
  ['301', 'MS_UNAVAILABLE'],
  ['302', 'TIMEOUT'],
  ['400', 'VAT_BLOCKED'],
  ['401', 'IP_BLOCKED'],
  ['500', 'GLOBAL_MAX_CONCURRENT_REQ'],
  ['501', 'GLOBAL_MAX_CONCURRENT_REQ_TIME'],
  ['600', 'MS_MAX_CONCURRENT_REQ'],
  ['601', 'MS_MAX_CONCURRENT_REQ_TIME'],
])

/** Who the test service says has number 100, whatever the member state. */
export const testTrader = { name: 'John Doe', address: '123 Main St, Anytown, UK' }

/** Whether a number is in the table of the test service (contract 1.3). */
export function isTestNumber(vatNumber: string): boolean {
  return codes.has(vatNumber)
}

/** What the test service answers to a number. */
export function testCode(vatNumber: string): string {
  return codes.get(vatNumber) ?? 'SERVICE_UNAVAILABLE'
}
