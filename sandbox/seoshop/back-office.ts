import { faultKinds } from '../kit/fault-rule.ts'
import { escapeHtml, page, table } from '../kit/page.ts'
import { backOfficeScript } from './back-office-script.ts'
import { statuses } from './order-spec.ts'
import { presets } from './presets.ts'
import { type OrderSummary, type ShopControl } from './shop.ts'

const shownOrders = 100
const shownDeliveries = 50

const style = `<style>
form, .row { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: .5rem 0 }
label { display: flex; flex-direction: column; font-size: .85rem } input[type=url] { width: 22rem }
textarea { width: 26rem; height: 3rem } td, td button { white-space: nowrap }
#message { position: sticky; top: 0; background: #fff8c5; padding: .4rem .8rem; white-space: pre-wrap }
#message:empty { display: none }
</style>`

/** The merchant's back office as one page: everything on it goes through the control routes. */
export function backOffice(shop: ShopControl): string {
  return page(
    'SEOshop, zandbak',
    [
      style,
      '<div id="message" role="status"></div>',
      appSection(shop),
      orderSection(),
      ordersSection(shop.orders()),
      traceSection(shop),
      faultSection(shop),
      `<script>${backOfficeScript}</script>`,
    ].join('\n'),
  )
}

function appSection(shop: ShopControl): string {
  const { app, installation } = shop.ledger()
  const field = (name: 'successUrl' | 'cancelUrl' | 'uninstallUrl') =>
    `<label>${name}<input type="url" name="${name}" value="${escapeHtml(app[name] ?? '')}"></label>`
  return `<h2>App Store: ${installation}</h2>
<div class="row">
  <button data-post="install">Installeren</button>
  <button data-post="cancel">Opzeggen</button>
  <button data-post="uninstall">Verwijderen</button>
</div>
<form data-put="app">
  ${field('successUrl')}${field('cancelUrl')}${field('uninstallUrl')}
  <label>App-sleutel<input name="key" value="${escapeHtml(app.key)}"></label>
  <label>App-geheim (leeg = zo laten)<input name="secret" autocomplete="off"></label>
  <button>Bewaren</button>
</form>
<p>Eigen sleutel: <code>${escapeHtml(shop.credentials.key)}</code>
  geheim <code>${escapeHtml(shop.credentials.secret)}</code></p>`
}

function orderSection(): string {
  return `<h2>Bestelling plaatsen</h2>
<form data-order>
  <label>Soort<select name="preset">${options(Object.keys(presets))}</select></label>
  <label>Webhook<select name="webhook">${options(['send', 'twice', 'lost', 'late'])}</select></label>
  <label>Afwijkend (JSON)<textarea name="extra" placeholder='{"shipping":0}'></textarea></label>
  <button>Plaatsen</button>
</form>
<form data-bulk>
  <label>Aantal<input type="number" name="count" value="100" min="1" max="200000"></label>
  <label>Van<input type="date" name="from"></label><label>Tot<input type="date" name="to"></label>
  <button>Verzonnen bestellingen</button>
</form>`
}

function ordersSection(orders: OrderSummary[]): string {
  const rows = orders.slice(-shownOrders).reverse().map(orderRow).join('')
  const heads = ['Nummer', 'Datum', 'Totaal', 'Betaling', 'Status', '']
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('')
  return `<h2>Bestellingen (${orders.length})</h2>
<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
}

function orderRow({
  id,
  number,
  createdAt,
  totalCents,
  status,
  paymentStatus,
}: OrderSummary): string {
  const choices = statuses.map((name) => {
    const selected = name === status ? ' selected' : ''
    return `<option${selected}>${name}</option>`
  })
  const select = `<select data-status="${id}" aria-label="Status van ${id}">${choices.join('')}</select>`
  const other = paymentStatus === 'paid' ? 'not_paid' : 'paid'
  return `<tr><td>${escapeHtml(number)}</td><td>${createdAt}</td>
<td class="number">${(totalCents / 100).toFixed(2)}</td><td>${paymentStatus}</td><td>${select}</td>
<td><button data-change='{"id":${id},"paymentStatus":"${other}"}'>${other}</button>
<button data-credit="${id}">Crediteren</button></td></tr>`
}

function traceSection(shop: ShopControl): string {
  const { webhooks, deliveries, invoices } = shop.ledger()
  const notes = invoices
    .slice(-shownDeliveries)
    .reverse()
    .map((each) => [each.number, each.orderId, each.isCreditNote, each.totalCents / 100])
  const hooks = webhooks.map((each) => [
    each.id,
    `${each.itemGroup}/${each.itemAction}`,
    each.address,
    each.isActive,
  ])
  const sent = deliveries
    .slice(-shownDeliveries)
    .reverse()
    .map(({ event, itemId, state, attempts }) => [event, itemId, state, attempts.join(', ')])
  return `<h2>Facturen</h2>${table(['Nummer', 'Bestelling', 'Credit', 'Totaal'], notes)}
<h2>Webhooks</h2>${table(['Id', 'Gebeurtenis', 'Adres', 'Actief'], hooks)}
<h2>Laatste bezorgingen</h2>${table(['Gebeurtenis', 'Id', 'Stand', 'Antwoorden'], sent)}`
}

function faultSection(shop: ShopControl): string {
  return `<h2>Storingen</h2>
<form data-fault>
  <label>Storing<select name="fault">${options(faultKinds)}</select></label>
  <label>Pad (regex)<input name="path" value="/orders"></label>
  <label>Keer (0 = blijvend)<input type="number" name="times" value="1" min="0"></label>
  <button>Toevoegen</button><button type="button" data-clear-faults>Alle weghalen</button>
</form>
<h2>Schakelaars</h2>
<form data-switches>
  <label>Wijziging (JSON)<textarea name="change" placeholder='{"weight":"null"}'></textarea></label>
  <button>Omzetten</button>
</form>
<details><summary>Stand</summary><pre>${escapeHtml(JSON.stringify(shop.switches(), null, 2))}</pre></details>`
}

function options(values: readonly string[]): string {
  return values.map((value) => `<option>${escapeHtml(value)}</option>`).join('')
}
