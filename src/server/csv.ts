/** A cell that no spreadsheet takes for a formula. */
const cell = (value: string | null): string => {
  const text = value ?? ''
  // A negative amount is a number, and must stay one.
  const risky = /^[=+\-@\t\r]/.test(text) && !/^-\d+(\.\d+)?$/.test(text)
  const harmless = risky ? `'${text}` : text
  return /[";\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** One line of a CSV as spreadsheets in our countries read it: semicolons between, CRLF at the end. */
export const csvLine = (values: readonly (string | null)[]): string =>
  `${values.map(cell).join(';')}\r\n`
