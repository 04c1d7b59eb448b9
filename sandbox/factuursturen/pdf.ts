import { formatCents } from './decimal.ts'
import { type Invoice } from './invoice.ts'

/** A small but valid PDF of one page with the number and the total. ASCII only. */
export function printPdf(invoice: Invoice): string {
  const lines = [
    `Invoice ${invoice.number}`,
    `Date ${invoice.date}`,
    `Total ${formatCents(invoice.totals.totalCents)}`,
  ]
  const shown = lines.map((line) => `(${ascii(line)}) Tj 0 -24 Td`).join(' ')
  const stream = `BT /F1 18 Tf 72 760 Td ${shown} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R ' +
      '/Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ]
  return assemble(objects)
}

/** Puts the objects in a file with the table of where each begins. */
function assemble(objects: string[]): string {
  let file = '%PDF-1.4\n'
  const offsets = objects.map((object, index) => {
    const offset = file.length
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
    return offset
  })
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
  return (
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${entries.join('')}` +
    `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  )
}

function ascii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').replace(/[()\\]/g, '\\$&')
}
