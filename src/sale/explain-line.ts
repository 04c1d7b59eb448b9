import { wordings, type Treatment } from '../vat/treatment.ts'
import { fillIn, type Text } from '../problems/problem.ts'
import type { Regime } from '../vat/regime-question.ts'
import type { Draft, DraftLine, LineVat } from './draft.ts'

/** Why the rate of a line is what it is, by how sure it is. */
const rateTexts: Readonly<Record<string, Text>> = {
  proved: {
    nl: '{percent} %: het enige tarief van {country} dat bij de bedragen past.',
    en: '{percent} %: the only rate of {country} that fits the amounts.',
  },
  assumed: {
    nl: '{percent} % is aangenomen: uw standaardtarief; ook passend: {others}.',
    en: '{percent} % was assumed: your default rate; these fit as well: {others}.',
  },
  merchant: {
    nl: '{percent} %: u hebt besloten dat het betaalde bedrag inclusief btw is.',
    en: '{percent} %: you decided that the amount paid includes VAT.',
  },
  stated: {
    nl: '{percent} % volgens de winkel, en toegestaan in {country}.',
    en: '{percent} % as the shop states, and legal in {country}.',
  },
  totals: {
    nl: '{percent} %: zo klopt de btw per tarief die de winkel noemt.',
    en: '{percent} %: this way the VAT per rate that the shop states comes out.',
  },
  pool: {
    nl: '{percent} %: samen met de andere regels van dezelfde soort past alleen dit tarief.',
    en: '{percent} %: together with the other lines of the same kind only this rate fits.',
  },
  earlier: {
    nl: '{percent} %: bewezen in een eerdere verkoop van hetzelfde product.',
    en: '{percent} %: proved in an earlier sale of the same product.',
  },
  goods: {
    nl: '{percent} %: het deel van de korting op artikelen met dit tarief.',
    en: '{percent} %: the share of the discount on goods with this rate.',
  },
  others: {
    nl: '{percent} %: het tarief van alle andere regels.',
    en: '{percent} %: the rate of all other lines.',
  },
}

/** Whose rates the taxed lines of a regime have. */
const regimeTexts: Readonly<Record<Regime, Text>> = {
  domestic: { nl: 'Binnenlandse verkoop.', en: 'Domestic sale.' },
  'domestic-reverse-charge': {
    nl: 'Binnenlands verlegde btw.',
    en: 'Domestic reverse charge.',
  },
  'intra-community': {
    nl: 'Intracommunautaire levering: de klant heeft een geldig btw-nummer van een ander EU-land.',
    en: 'Intra-Community supply: the customer has a valid VAT number of another EU country.',
  },
  'services-reverse-charge': {
    nl: 'Dienst aan een ondernemer elders in de EU: de btw is verlegd naar de klant.',
    en: 'Service to a business elsewhere in the EU: the customer accounts for the VAT.',
  },
  destination: {
    nl: 'Verkoop op afstand naar {country}, met de btw van dat land.',
    en: 'Distance sale to {country}, with the VAT of that country.',
  },
  origin: {
    nl: 'Verkoop op afstand naar {country}, met de btw van uw eigen land.',
    en: 'Distance sale to {country}, with the VAT of your own country.',
  },
  'foreign-registration': {
    nl: 'Verkoop in {country}, waar u voor btw geregistreerd bent.',
    en: 'Sale in {country}, where you are registered for VAT.',
  },
  export: {
    nl: 'Uitvoer naar {country}, buiten de EU.',
    en: 'Export to {country}, outside the EU.',
  },
  'charged-export': {
    nl: 'Levering naar {country}, buiten de EU, waarop de winkel btw van uw eigen land heeft gerekend.',
    en: 'Delivery to {country}, outside the EU, on which the shop charged the VAT of your own country.',
  },
  'services-outside-eu': {
    nl: 'Dienst aan een klant in {country}, buiten de EU: er is geen btw van uw land verschuldigd.',
    en: 'Service to a customer in {country}, outside the EU: no VAT of your country is due.',
  },
  'small-business': { nl: 'Kleineondernemersregeling.', en: 'Small-business scheme.' },
}

/** What a treatment is called, where nothing else of the sale is known any more. */
const regimeTitles: Readonly<Record<Regime, Text>> = {
  domestic: { nl: 'Binnenlandse verkoop', en: 'Domestic sale' },
  'domestic-reverse-charge': { nl: 'Binnenlands verlegd', en: 'Domestic reverse charge' },
  'intra-community': { nl: 'Intracommunautaire levering', en: 'Intra-Community supply' },
  'services-reverse-charge': { nl: 'Dienst, btw verlegd', en: 'Service, reverse charge' },
  destination: {
    nl: 'Verkoop op afstand, btw van de bestemming',
    en: 'Distance sale, VAT of the destination',
  },
  origin: { nl: 'Verkoop op afstand, btw van uw land', en: 'Distance sale, VAT of your country' },
  'foreign-registration': {
    nl: 'Verkoop onder een registratie elders',
    en: 'Sale under a registration elsewhere',
  },
  export: { nl: 'Uitvoer', en: 'Export' },
  'services-outside-eu': { nl: 'Dienst buiten de EU', en: 'Service outside the EU' },
  'charged-export': { nl: 'Uitvoer met btw', en: 'Export with VAT' },
  'small-business': { nl: 'Kleineondernemersregeling', en: 'Small-business scheme' },
}

const isRegime = (name: string): name is Regime => Object.hasOwn(regimeTitles, name)

/** How a booked sale was treated, in a few words. @param regime as kept with the booking */
export const regimeTitle = (regime: string): Text =>
  isRegime(regime) ? regimeTitles[regime] : { nl: regime, en: regime }

/** By which place the VAT of what is no goods was judged, where it carries any. */
const supplyTexts: Readonly<Record<NonNullable<LineVat['supply']>, Text>> = {
  service: {
    nl: 'Een dienst met btw heeft die van uw eigen land, waar de klant ook is.',
    en: 'A service with VAT has that of your own country, wherever the customer is.',
  },
  digital: {
    nl: 'Digitaal: het land van de klant telt, niet een afleveradres.',
    en: 'Digital: the country of the customer counts, not an address of delivery.',
  },
}

const zeroRated: Text = {
  nl: '0 %: het product is als nultarief of vrijgesteld gemerkt.',
  en: '0 %: the product is marked as zero-rated or exempt.',
}

const phraseOf = (treatment: Treatment): Text => wordings[treatment].phrase ?? zeroRated

/** How the whole sale is treated, in words. */
export const explainRegime = (draft: Pick<Draft, 'regime' | 'destination'>): Text => {
  const params = { country: draft.destination }
  const text = regimeTexts[draft.regime]
  return { nl: fillIn(text, params, 'nl'), en: fillIn(text, params, 'en') }
}

/** Why the VAT of one line is what it is, in words. */
export const explainLine = (
  { kind, vat, vatPercent }: DraftLine,
  { ratesOf }: Pick<Draft, 'ratesOf'>,
): Text => {
  if (kind === 'rounding') {
    return {
      nl: 'Afronding: winkel en boekhouding ronden op een andere plaats af.',
      en: 'Rounding: shop and bookkeeping round at different places.',
    }
  }
  if (vat.treatment !== 'taxed') return phraseOf(vat.treatment)
  const text = rateTexts[vat.status === 'evidenced' ? (vat.by ?? 'stated') : vat.status]
  if (text === undefined) throw new Error(`no words for ${vat.status}`)
  const percent = vatPercent.toString()
  const others = vat.compatible.filter((each) => each !== percent).map((each) => `${each} %`)
  const params = { percent, country: ratesOf, others: others.join(', ') }
  const inWords = { nl: fillIn(text, params, 'nl'), en: fillIn(text, params, 'en') }
  if (vat.supply === undefined) return inWords
  const supply = supplyTexts[vat.supply]
  return { nl: `${inWords.nl} ${supply.nl}`, en: `${inWords.en} ${supply.en}` }
}
