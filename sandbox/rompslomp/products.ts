import { json } from '../kit/message.ts'
import { type SandboxAnswer } from '../kit/server.ts'
import { type Books, type Product } from './books.ts'
import { type Call, takeId } from './call.ts'
import { type LineRoom, readLine, writeLine } from './lines.ts'
import { isMembers, permit, readFlag, readText, readWrapped } from './members.ts'
import { pageOf } from './paging.ts'
import { invalid, notFound, Refusal } from './refusal.ts'

const codeMax = 100

const writeProduct = (product: Product, books: Books): unknown => ({
  id: product.id,
  number_sold: 0,
  has_stock: product.has_stock,
  invoice_line: { ...writeLine(product.line, books), product_code: product.product_code },
})

/** The calls below /products (contract §8). */
export function answerProducts(call: Call): SandboxAnswer {
  const { books, request, ledgers, id } = call
  if (request.method === 'POST' && id === '') {
    return json({ product: writeProduct(createProduct(call), books) }, 201)
  }
  if (request.method !== 'GET') {
    throw new Refusal(404, 'client.not_found.endpoint', 'Onbekend adres')
  }
  if (id !== '') {
    const found = ledgers.products.find((product) => String(product.id) === id)
    if (found === undefined) throw notFound()
    return json({ product: writeProduct(found, books) })
  }
  return listProducts(call)
}

const foldedFor =
  ({ switches }: Books) =>
  (code: string): string =>
    switches.productCodeCase === 'insensitive' ? code.toLowerCase() : code

function listProducts({ books, request, ledgers }: Call): SandboxAnswer {
  const folded = foldedFor(books)
  const codes = request.query.getAll('search[product_codes][]').map(folded)
  const loose = request.query.get('search[q]')?.toLowerCase()
  const found = ledgers.products.filter(({ product_code, line }) => {
    if (codes.length > 0 && !codes.includes(folded(product_code))) return false
    const texts = [product_code, line.description]
    return loose === undefined || texts.some((text) => text.toLowerCase().includes(loose))
  })
  return pageOf(books, request, 'products', found, (product) => writeProduct(product, books))
}

function createProduct({ books, request, company, ledgers }: Call): Product {
  if (books.switches.quotaReached) {
    throw new Refusal(403, 'client.subscription_limit_reached', 'Uw pakket staat dit niet toe')
  }
  const body = readWrapped(books, request.body, 'product')
  permit(books, body, ['has_stock', 'invoice_line'])
  const lineBody = isMembers(body['invoice_line']) ? body['invoice_line'] : {}
  const room: LineRoom = { books, company, ledgers, faults: [] }
  const line = readLine(room, lineBody, 'product')
  const given = readText(books, lineBody, 'product_code')
  const code = given?.trim() ?? `P${ledgers.products.length + 1}`
  if (Array.from(code).length > codeMax) {
    room.faults.push(`Productcode is te lang (maximaal ${codeMax} tekens)`)
  }
  const { productCodeCharacters, productCodeUnique } = books.switches
  if (productCodeCharacters === 'letters-digits' && !/^[A-Za-z0-9]+$/.test(code)) {
    room.faults.push('Productcode is ongeldig')
  }
  const folded = foldedFor(books)
  const isTaken = ledgers.products.some(({ product_code }) => folded(product_code) === folded(code))
  if (productCodeUnique && isTaken) room.faults.push('Productcode is al in gebruik')
  if (room.faults.length > 0) throw invalid('Product', room.faults)
  const id = takeId(books)
  const product: Product = {
    id,
    has_stock: readFlag(books, body, 'has_stock', false),
    product_code: code,
    line: { ...line, id, product_id: null },
  }
  ledgers.products.push(product)
  return product
}
