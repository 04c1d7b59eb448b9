/** What a spreadsheet takes for the beginning of a formula, also in full-width letters and behind spaces. */
const formula = /^\s*[=+\-@＝＋－＠]/

/** The same behind a comma or a tab: where those separate cells, the text there would be a cell of its own. */
const formulaInside = /(?<=.)([,\t]\s*)(?=[=+\-@＝＋－＠])/g

/** A cell that no spreadsheet takes for a formula, whatever it thinks that cells are separated by. */
const cell = (value: string | null): string => {
  const text = value ?? ''
  // A negative amount is a number, and must stay one.
  const risky = (formula.test(text) || /^[\t\r\n]/.test(text)) && !/^-\d+\.\d{2}$/.test(text)
  const harmless = (risky ? "'" : '') + text.replace(formulaInside, "$1'")
  return /[";\n\r]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** What a file of rows begins with, so that spreadsheets read it as UTF-8. */
export const byteOrderMark = '\uFEFF'

/** One row as spreadsheets of the Low Countries read it: semicolons, CRLF. */
export const csvRow = (cells: readonly (string | null)[]): string =>
  `${cells.map(cell).join(';')}\r\n`
