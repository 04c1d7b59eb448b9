import PDFDocument from 'pdfkit'
import { inCountries, inDays, inMoney } from '../words.ts'
import { invoiceWords } from './invoice-words.ts'
import type { OwnInvoice } from './own-invoice.ts'
import type { OwnTreatment } from './own-vat.ts'

const ink = '#1c2b27'
const quiet = '#5b6b66'
const accent = '#0b6e5f'
const rule = '#dfe6e3'

const margin = 56
const page = { width: 595.28, height: 841.89 }
const right = page.width - margin
const columns = { quantity: 400, amount: 440 }

/** The fonts of every PDF reader know Western European letters only; what they don't know becomes a question mark. */
const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\u2019/g, "'")
    .replace(/[^\u0020-\u007e\u00a0-\u00ff\u20ac\u2013\u2014\u2026]/g, (letter) => {
      const bare = letter.normalize('NFD').replace(/\p{M}/gu, '')
      return /^[\u0020-\u007e]+$/.test(bare) ? bare : '?'
    })

const isTreatment = (text: string): text is OwnTreatment =>
  Object.hasOwn(invoiceWords.nl.notes, text)

/** Draws an invoice as a PDF of one A4 page, from what is stored of it and nothing else. */
export const renderInvoice = async (invoice: OwnInvoice): Promise<Buffer> => {
  const { language, seller, buyer, subject } = invoice
  const words = invoiceWords[language]
  const isCredit = invoice.credits !== null
  const title = `${isCredit ? words.credit : words.invoice} ${invoice.number}`
  const money = (cents: number) => printable(inMoney(cents, language))
  const day = (text: string) => inDays(text, language)

  const issued = new Date(`${invoice.issuedOn}T00:00:00Z`)
  const document = new PDFDocument({
    size: 'A4',
    margin,
    lang: language,
    // The same invoice is the same file, whoever draws it.
    info: { Title: title, Author: printable(seller.name), CreationDate: issued, ModDate: issued },
  })
  const chunks: Buffer[] = []
  const done = new Promise<void>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', resolve)
    document.on('error', reject)
  })

  const write = (
    text: string,
    x: number,
    y: number,
    look: { bold?: boolean; size?: number; color?: string; width?: number; right?: boolean } = {},
  ) => {
    document
      .font(look.bold === true ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(look.size ?? 10)
      .fillColor(look.color ?? ink)
      .text(printable(text), x, y, {
        width: look.width ?? right - x,
        align: look.right === true ? 'right' : 'left',
      })
    return document.y
  }
  const line = (y: number, color = rule) => {
    document.moveTo(margin, y).lineTo(right, y).lineWidth(0.75).strokeColor(color).stroke()
  }

  write(seller.name, margin, margin, { bold: true, size: 15, color: accent, width: 260 })
  const about = [
    ...seller.address,
    inCountries(seller.country, language),
    `${words.vatNumber} ${seller.vatNumber}`,
    `${words.chamber} ${seller.chamberNumber}`,
    `IBAN ${seller.iban}`,
    seller.email,
  ]
  write(about.join('\n'), 340, margin, { size: 9, color: quiet, width: right - 340, right: true })

  let y = 200
  write(words.to, margin, y, { size: 9, color: quiet, width: 240 })
  const buyerLines = [
    buyer.company,
    buyer.attention,
    buyer.street,
    `${buyer.postcode} ${buyer.city}`.trim(),
    inCountries(buyer.country, language),
    ...(buyer.vatNumber === '' ? [] : [`${words.vatNumber} ${buyer.vatNumber}`]),
  ].filter((text) => text !== '')
  write(buyerLines.join('\n'), margin, y + 14, { width: 260 })

  const facts = [
    [words.number, invoice.number],
    [words.date, day(invoice.issuedOn)],
    ...(invoice.credits === null ? [] : [[words.creditOf, invoice.credits]]),
  ]
  for (const [index, [label = '', value = '']] of facts.entries()) {
    write(label, 340, y + index * 16, { size: 9, color: quiet, width: 90 })
    write(value, 430, y + index * 16, { width: right - 430, right: true })
  }

  y = 320
  write(title, margin, y, { bold: true, size: 18 })
  y += 40
  write(words.description, margin, y, { size: 9, color: quiet, width: 300 })
  write(words.quantity, columns.quantity - 40, y, { size: 9, color: quiet, width: 60, right: true })
  write(words.amount, columns.amount, y, {
    size: 9,
    color: quiet,
    width: right - columns.amount,
    right: true,
  })
  line(y + 16)
  y += 26
  const described = write(words.services[invoice.service](subject.integration), margin, y, {
    width: 290,
  })
  write(String(invoice.quantity), columns.quantity - 40, y, { width: 60, right: true })
  write(money(invoice.netCents), columns.amount, y, { width: right - columns.amount, right: true })
  y = described
  if (subject.from !== undefined && subject.until !== undefined) {
    y = write(words.term(day(subject.from), day(subject.until)), margin, y + 2, {
      size: 9,
      color: quiet,
      width: 290,
    })
  }
  line(y + 12)
  y += 24
  const sums = [
    [words.net, invoice.netCents, false],
    [words.vat(invoice.vatPercent), invoice.vatCents, false],
    [words.total, invoice.grossCents, true],
  ] as const
  for (const [label, cents, bold] of sums) {
    write(label, 300, y, { bold, width: 140 })
    write(money(cents), columns.amount, y, { bold, width: right - columns.amount, right: true })
    y += 18
  }
  y += 16
  const note = isTreatment(invoice.vatTreatment) ? words.notes[invoice.vatTreatment] : null
  if (note !== null) y = write(note, margin, y, { width: right - margin }) + 8
  write(isCredit ? words.paidBack : words.paid, margin, y, { color: quiet })

  document.end()
  await done
  return Buffer.concat(chunks)
}
