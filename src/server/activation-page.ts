import { createHash } from 'node:crypto'
import type { Language } from '../problems/problem.ts'
import { escapeHtml } from './escape-html.ts'

/** What the consent page says besides its words. */
export type PageState =
  /** To be filled in; with what was wrong the last time, and what was typed. */
  | {
      is: 'form'
      wrong: Explained | null
      shop: string
      /** Where it is sent to, and what goes along unseen. */
      action: string
      hidden: Readonly<Record<string, string>>
    }
  /** Connected; the window goes back to the shop where that is safe. */
  | { is: 'connected'; backTo: string | null }
  /** Connected, but something is missing. */
  | { is: 'incomplete'; problems: readonly Explained[] }
  /** Nothing can be filled in here any more. */
  | { is: 'refused'; problem: Explained }

export interface Explained {
  text: string
  remedy: string
}

const words = {
  nl: {
    title: 'Webwinkel koppelen',
    intro:
      'Uw webwinkel {system} wil met Doorvoer koppelen. Doorvoer leest uw facturen en creditfacturen om ze in uw boekhouding te boeken, en verandert niets in uw winkel.',
    shop: 'Domein van uw webwinkel',
    shopHelp: 'Bijvoorbeeld www.uwwinkel.nl',
    licence: 'Licentiesleutel',
    licenceHelp: 'Staat in de mail waarmee u zich aanmeldde, en op de configuratiepagina.',
    consent: 'Ik geef Doorvoer toestemming om de facturen van deze winkel te lezen.',
    submit: 'Koppelen',
    connected: 'Uw webwinkel is gekoppeld.',
    closing: 'U kunt dit venster sluiten en verdergaan in Doorvoer.',
    back: 'Terug naar uw webwinkel',
    incomplete: 'De koppeling is gemaakt, maar er ontbreekt nog iets:',
    refused: 'Koppelen lukt zo niet.',
  },
  en: {
    title: 'Connect your webshop',
    intro:
      'Your webshop {system} asks to be connected to Doorvoer. Doorvoer reads your invoices and credit invoices to book them in your bookkeeping, and changes nothing in your shop.',
    shop: 'Domain of your webshop',
    shopHelp: 'For example www.yourshop.nl',
    licence: 'Licence key',
    licenceHelp: 'Is in the mail you signed up with, and on the configuration page.',
    consent: 'I allow Doorvoer to read the invoices of this shop.',
    submit: 'Connect',
    connected: 'Your webshop is connected.',
    closing: 'You can close this window and go on in Doorvoer.',
    back: 'Back to your webshop',
    incomplete: 'The connection was made, but something is still missing:',
    refused: 'Connecting does not work like this.',
  },
} as const satisfies Record<Language, Record<string, string>>

type Words = (typeof words)[Language]

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; box-sizing: border-box }
main { width: 100%; max-width: 30rem }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem }
label { display: block; font-weight: 600; margin-top: 1.25rem }
small { display: block; margin: .15rem 0 .4rem; opacity: .8 }
input[type=text] { width: 100%; box-sizing: border-box; font: inherit; padding: .6rem .7rem; border: 1px solid #767676; border-radius: .4rem }
.consent { display: flex; gap: .6rem; align-items: start; font-weight: 400 }
.consent input { width: 1.25rem; height: 1.25rem; margin: .15rem 0 0; flex: none }
button { font: inherit; font-weight: 600; margin-top: 1.5rem; padding: .65rem 1.4rem; border: 0; border-radius: .4rem; background: #1c5d4a; color: #fff; cursor: pointer }
button:hover { background: #164a3b }
:focus-visible { outline: 3px solid #4c9aff; outline-offset: 2px }
.wrong { border-left: 4px solid #c92a2a; padding: .1rem 0 .1rem .9rem; margin: 1rem 0 }
.wrong p { margin: .2rem 0 }`

/** Nothing but this page's own style, and a form that ends with us. */
export const activationPageCsp = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

const wrongBox = ({ text, remedy }: Explained): string =>
  `<div class="wrong" role="alert"><p><strong>${escapeHtml(text)}</strong></p><p>${escapeHtml(remedy)}</p></div>`

const formOf = (
  { wrong, shop, action, hidden }: Extract<PageState, { is: 'form' }>,
  text: Words,
  system: string,
): string => `
<p>${escapeHtml(text.intro.replace('{system}', system))}</p>
${wrong === null ? '' : wrongBox(wrong)}
<form method="post" action="${escapeHtml(action)}">
${Object.entries(hidden)
  .map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  )
  .join('\n')}
<label for="shop">${text.shop}</label>
<small id="shop-help">${text.shopHelp}</small>
<input type="text" id="shop" name="shop" aria-describedby="shop-help" value="${escapeHtml(shop)}" maxlength="300" autocomplete="url" autocapitalize="none" spellcheck="false" required>
<label for="licence">${text.licence}</label>
<small id="licence-help">${text.licenceHelp}</small>
<input type="text" id="licence" name="licence" aria-describedby="licence-help" maxlength="60" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
<label class="consent"><input type="checkbox" name="consent" value="yes" required> <span>${text.consent}</span></label>
<button>${text.submit}</button>
</form>`

const bodyOf = (state: PageState, text: Words, system: string): string => {
  switch (state.is) {
    case 'form':
      return formOf(state, text, system)
    case 'connected': {
      const back =
        state.backTo === null ? '' : `<p><a href="${escapeHtml(state.backTo)}">${text.back}</a></p>`
      return `<p role="status"><strong>${text.connected}</strong></p><p>${text.closing}</p>${back}`
    }
    case 'incomplete':
      return `<p>${text.incomplete}</p>${state.problems.map(wrongBox).join('')}<p>${text.closing}</p>`
    case 'refused':
      return `<p>${text.refused}</p>${wrongBox(state.problem)}`
  }
}

/**
 * The page a shop's administrator gets when an integration is activated there. Plain HTML without any script:
 * it opens in a popup of the shop, where nobody is signed in with us. Pure.
 */
export const activationPage = (state: PageState, language: Language, system: string): string => {
  const text = words[language]
  // A browser forbids a form to end at another origin (form-action), so that the page goes there, not the form.
  const onward =
    state.is === 'connected' && state.backTo !== null
      ? `<meta http-equiv="refresh" content="2; url=${escapeHtml(state.backTo)}">`
      : ''
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
${onward}
<title>${text.title} · Doorvoer</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${text.title}</h1>
${bodyOf(state, text, system)}
</main>
</body>
</html>`
}
