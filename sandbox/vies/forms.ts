/** The form of a number behind its country code (contract 2.2), without check digits. */
const forms = new Map<string, RegExp>(
  Object.entries({
    AT: /^U\d{8}$/,
    BE: /^[01]\d{9}$/,
    BG: /^\d{9,10}$/,
    CY: /^(?!12)\d{8}[A-Z]$/,
    CZ: /^\d{8,10}$/,
    DE: /^[1-9]\d{8}$/,
    DK: /^[1-9]\d{7}$/,
    EE: /^\d{9}$/,
    EL: /^\d{9}$/,
    ES: /^(?=.*[A-Z])[A-Z\d]\d{7}[A-Z\d]$/,
    FI: /^\d{8}$/,
    FR: /^[A-HJ-NP-Z\d]{2}\d{9}$/,
    HR: /^\d{11}$/,
    HU: /^\d{8}$/,
    IE: /^(\d{7}[A-Z]{1,2}|\d[A-Z+*]\d{5}[A-Z])$/,
    IT: /^\d{11}$/,
    LT: /^(\d{7}1\d|\d{10}1\d)$/,
    LU: /^\d{8}$/,
    LV: /^\d{11}$/,
    MT: /^[1-9]\d{7}$/,
    NL: /^\d{9}B(?!00)\d{2}$/,
    PL: /^\d{10}$/,
    PT: /^[1-9]\d{8}$/,
    RO: /^\d{2,10}$/,
    SE: /^\d{10}01$/,
    SI: /^\d{8}$/,
    SK: /^\d{10}$/,
    XI: /^(\d{9}|\d{12}|GD[0-4]\d\d|HA[5-9]\d\d)$/,
  }),
)

/** The 28 codes VIES answers for: EL and not GR, XI and not GB (contract 1.5). */
export const memberStateCodes: readonly string[] = [...forms.keys()]

/** Whether VIES knows the country code; it must be in upper case. */
export function isMemberState(countryCode: string): boolean {
  return forms.has(countryCode)
}

/** Whether a number (without country code) can exist in a member state. */
export function hasForm(countryCode: string, vatNumber: string): boolean {
  return forms.get(countryCode)?.test(vatNumber) ?? false
}
