import { escapeHtml, page, table } from '../kit/page.ts'
import { presets } from './presets.ts'
import { type ShopControl } from './shop.ts'

const shownMax = 25

const script = `
const say = (text) => { document.getElementById('message').textContent = text }
const send = async (method, route, body) => {
  const answer = await fetch('/_sandbox/' + route, { method, body: JSON.stringify(body) })
  const text = await answer.text()
  if (answer.ok && route !== 'activate') location.reload()
  else say(text)
}
document.addEventListener('submit', (event) => {
  event.preventDefault()
  const form = event.target
  const values = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''))
  try {
    const body = values.json === undefined ? values : JSON.parse(values.json)
    for (const name of ['orderId', 'count']) if (body[name]) body[name] = Number(body[name])
    send(form.dataset.method || 'POST', form.dataset.route, body)
  } catch (error) { say(String(error)) }
})`

const form = (route: string, button: string, inputs: string, method = 'POST') =>
  `<form data-route="${route}" data-method="${method}">${inputs}<button>${button}</button></form>`

const input = (label: string, name: string) => `<label>${label} <input name="${name}"></label> `

/** The admin as one page: everything on it goes through the control routes. */
export function backOffice(shop: ShopControl): string {
  const { orders, invoices, creditMemos, integrations } = shop.ledger()
  const last = <T>(list: readonly T[]) => list.slice(-shownMax).reverse()
  const papers = (list: typeof invoices) =>
    table(
      ['Id', 'Nummer', 'Order', 'Datum (UTC)', 'Stand', 'Totaal', 'Btw'],
      last(list).map((paper) => [
        paper.entityId,
        paper.incrementId,
        paper.orderNumber,
        paper.createdAt,
        paper.state,
        (paper.grandCents / 100).toFixed(2),
        (paper.taxCents / 100).toFixed(2),
      ]),
    )
  const choices = Object.keys(presets).map((name) => `<option>${name}</option>`)
  const values = Object.entries(shop.fourValues).map(([name, value]): string[] => [
    name,
    String(value),
  ])
  return page(
    'Magento 2, zandbak',
    [
      '<div id="message" role="status"></div>',
      '<h2>Sleutels van de integratie</h2>',
      table(['Naam', 'Waarde'], values),
      table(
        ['Id', 'Integratie', 'Actief', 'Token'],
        integrations.map(({ id, name, isActive, tokenKind }) => [
          id,
          name,
          isActive,
          tokenKind ?? '',
        ]),
      ),
      '<h2>Activeren</h2>',
      form(
        'activate',
        'Allow',
        input('Callback URL', 'callbackUrl') + input('Identity link URL', 'identityLinkUrl'),
      ),
      '<h2>Bestelling met factuur</h2>',
      form(
        'orders',
        'Plaatsen',
        `<label>Soort <select name="preset">${choices.join('')}</select></label> `,
      ),
      form('orders/bulk', 'Verzonnen bestellingen', input('Aantal', 'count')),
      `<h2>Bestellingen (${orders.length})</h2>`,
      table(
        ['Id', 'Nummer', 'Stand', 'Totaal'],
        last(orders).map(({ orderId, orderNumber, state, grandCents }) => [
          orderId,
          orderNumber,
          state,
          (grandCents / 100).toFixed(2),
        ]),
      ),
      `<h2>Facturen (${invoices.length})</h2>`,
      papers(invoices),
      form('invoices', 'Factureren', input('Order-id', 'orderId')),
      `<h2>Creditfacturen (${creditMemos.length})</h2>`,
      papers(creditMemos),
      form('creditmemos', 'Crediteren', input('Order-id', 'orderId')),
      '<h2>Schakelaars</h2>',
      form('switches', 'Omzetten', input('JSON', 'json'), 'PUT'),
      `<pre>${escapeHtml(JSON.stringify(shop.switches(), null, 2))}</pre>`,
      '<h2>Storingen</h2>',
      form('faults', 'Toevoegen', input('JSON', 'json')),
      `<script>${script}</script>`,
    ].join('\n'),
  )
}
