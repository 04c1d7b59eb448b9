/** A cell that no spreadsheet takes for a formula. */
const cell = (value: string | null): string => {
  const text = value ?? ''
  // A negative amount is a number, and must stay one.
  const risky = /^[=+\-@\t\r]/.test(text) && !/^-\d+\.\d{2}$/.test(text)
  const harmless = risky ? `'${text}` : text
  return /[";\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** What a file of rows begins with, so that spreadsheets read it as UTF-8. */
export const byteOrderMark = '\uFEFF'

/** One row as spreadsheets of the Low Countries read it: semicolons, CRLF. */
export const csvRow = (cells: readonly (string | null)[]): string =>
  `${cells.map(cell).join(';')}\r\n`
