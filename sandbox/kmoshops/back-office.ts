import { faultKinds } from '../kit/fault-rule.ts'
import { escapeHtml, page, table } from '../kit/page.ts'
import { backOfficeScript } from './back-office-script.ts'
import { toEuros } from './fraction.ts'
import { type Order } from './order.ts'
import { presets } from './presets.ts'
import { statusNames } from './settings.ts'
import { type ShopControl } from './shop.ts'

const shownOrders = 25
const shownDeliveries = 15

const style = `<style>
form, .row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .5rem 0 }
label { display: flex; flex-direction: column; font-size: .85rem; color: #57606a }
input, select, textarea, button { font: inherit; padding: .3rem .5rem; border: 1px solid #d0d7de; border-radius: 6px }
button { background: #f6f8fa; cursor: pointer } button.main { background: #0b6e4f; color: #fff; border-color: #0b6e4f }
textarea { width: 30rem; max-width: 90vw; height: 3.2rem; font-family: ui-monospace, monospace; font-size: .85rem }
#message { position: sticky; top: 0; background: #fff8c5; padding: .4rem .8rem; border-radius: 6px; white-space: pre-wrap }
#message:empty { display: none } input[type=url] { width: 22rem }
td, td button { white-space: nowrap }
</style>`

/** The merchant's back office as one page: everything on it goes through the control routes. */
export function backOffice(shop: ShopControl): string {
  return page(
    'KMO Shops, zandbak',
    [
      style,
      '<div id="message" role="status"></div>',
      appSection(shop),
      orderSection(),
      ordersSection(shop.orders()),
      deliverySection(shop),
      faultSection(shop),
      `<script>${backOfficeScript}</script>`,
    ].join('\n'),
  )
}

function appSection(shop: ShopControl): string {
  const { app, installation } = shop.ledger()
  const state =
    installation === null
      ? 'niet geïnstalleerd'
      : installation.isInstalled
        ? 'geïnstalleerd'
        : 'handdruk gedaan, nog niet afgerond'
  const url = (name: 'handshakeUrl' | 'installUrl' | 'uninstallUrl') =>
    `<label>${name}<input type="url" name="${name}" value="${escapeHtml(app[name] ?? '')}"></label>`
  return `<h2>App-store: koppeling is ${state}</h2>
<div class="row">
  <button class="main" data-post="install">Installeren</button>
  <button data-post="uninstall">Verwijderen</button>
  <button data-post="replay-handshake">Handdruk herhalen</button>
</div>
<form data-put="app">
  ${url('handshakeUrl')}${url('installUrl')}${url('uninstallUrl')}
  <label>App-geheim (leeg = zo laten)<input name="secret" autocomplete="off"></label>
  <button>Bewaren</button>
</form>
<p>Eigen API-sleutel: <code>${escapeHtml(shop.credentials.apiPublic)}</code>
  geheim <code>${escapeHtml(shop.credentials.apiSecret)}</code></p>`
}

function orderSection(): string {
  return `<h2>Bestelling plaatsen</h2>
<form data-order>
  <label>Soort<select name="preset">${options(Object.keys(presets))}</select></label>
  <label>Webhook<select name="webhook">${options(['send', 'twice', 'lost', 'late'])}</select></label>
  <label>Afwijkend (JSON)<textarea name="extra" placeholder='{"email":"x@y.example","shipping":0}'></textarea></label>
  <button class="main">Plaatsen</button>
</form>
<form data-bulk>
  <label>Aantal<input type="number" name="count" value="100" min="1" max="200000"></label>
  <label>Van<input type="date" name="from"></label><label>Tot<input type="date" name="to"></label>
  <button>Verzonnen bestellingen</button>
</form>`
}

function ordersSection(orders: Order[]): string {
  const rows = orders.slice(-shownOrders).reverse().map(orderRow).join('')
  const heads = ['Nummer', 'Datum', 'Klant', 'Totaal', 'Btw', 'Betaald', 'Status', '']
  const head = heads.map((name) => `<th scope="col">${name}</th>`).join('')
  return `<h2>Bestellingen (${orders.length})</h2>
<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`
}

function orderRow(order: Order): string {
  const { id, number, createdAt, email, totalCents, taxCents, currency, paid, status } = order
  const choices = statusNames.map((name, index) => {
    const selected = index + 1 === status ? ' selected' : ''
    return `<option value="${index + 1}"${selected}>${index + 1} ${name}</option>`
  })
  const select = `<select data-status="${id}" aria-label="Status van ${id}">${choices.join('')}</select>`
  const last =
    status === null
      ? `<button data-change='{"id":${id},"complete":true}'>Afronden</button>`
      : `<button data-change='{"id":${id},"cancel":true}'>Annuleren</button>`
  return `<tr><td>${escapeHtml(number ?? `(${id})`)}</td><td>${createdAt}</td><td>${escapeHtml(email)}</td>
<td class="number">${toEuros(totalCents).toFixed(2)} ${escapeHtml(currency)}</td>
<td class="number">${toEuros(taxCents).toFixed(2)}</td><td>${paid ? 'ja' : 'nee'}</td>
<td>${status === null ? 'niet afgerond' : select}</td>
<td><button data-change='{"id":${id},"paid":${!paid}}'>${paid ? 'Onbetaald' : 'Betaald'}</button>
${last}</td></tr>`
}

function deliverySection(shop: ShopControl): string {
  const { webhooks, deliveries } = shop.ledger()
  const hooks = webhooks.map(({ id, event, address, active }) => [id, event, address, active])
  const sent = deliveries
    .slice(-shownDeliveries)
    .reverse()
    .map(({ id, event, orderId, state, attempts }) => [
      id,
      event,
      orderId,
      state,
      attempts.map(({ status, error }) => error ?? String(status)).join(', '),
    ])
  return `<h2>Webhooks</h2>${table(['Id', 'Gebeurtenis', 'Adres', 'Actief'], hooks)}
<h2>Laatste bezorgingen</h2>${table(['Id', 'Gebeurtenis', 'Bestelling', 'Stand', 'Antwoorden'], sent)}`
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
  <label>Wijziging (JSON)<textarea name="change" placeholder='{"userId":"number"}'></textarea></label>
  <button>Omzetten</button>
</form>
<details><summary>Stand</summary><pre>${escapeHtml(JSON.stringify(shop.switches(), null, 2))}</pre></details>`
}

function options(values: readonly string[]): string {
  return values.map((value) => `<option>${escapeHtml(value)}</option>`).join('')
}
