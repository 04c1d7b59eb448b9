import type { Problem } from './problem.ts'

/** Problems of this area: why a sale is not booked, seen from the sale. */
export const saleProblems = {
  STATUS_NOT_YET: {
    text: {
      nl: 'De status "{status}" wordt nog niet geboekt.',
      en: 'The status "{status}" is not booked yet.',
    },
    cause: {
      nl: 'De verkoop heeft een status die niet is aangevinkt bij de instellingen.',
      en: 'The sale has a status that is not ticked in the settings.',
    },
    remedy: {
      nl: 'Verander de status in de winkel, of vink de status aan op het tabblad Configuratie.',
      en: 'Change the status in the shop, or tick the status on the Configuration tab.',
    },
  },
  NOT_PAID_YET: {
    text: { nl: 'De verkoop is nog niet betaald.', en: 'The sale is not paid yet.' },
    cause: { nl: 'Alleen betaalde verkopen worden geboekt.', en: 'Only paid sales are booked.' },
    remedy: {
      nl: 'Wacht op de betaling, of zet "alleen betaalde verkopen" uit.',
      en: 'Wait for the payment, or switch "paid sales only" off.',
    },
  },
  CREDIT_BEFORE_SALE: {
    text: {
      nl: 'De verkoop {number}, die deze creditfactuur terugdraait, is nog niet geboekt.',
      en: 'The sale {number}, which this credit invoice gives back, is not booked yet.',
    },
    cause: {
      nl: 'Een creditfactuur wordt pas geboekt als haar verkoop in de boekhouding staat.',
      en: 'A credit invoice is only booked once its sale is in the books.',
    },
    remedy: {
      nl: 'Is die verkoop onderweg, dan gaat het vanzelf. Staat zij bij Fouten of wacht zij op u, los dat dan eerst op.',
      en: 'While that sale is on its way, this goes by itself. If it is under Errors or waits for you, mend that first.',
    },
  },
  SALE_CANCELLED: {
    text: { nl: 'De verkoop is geannuleerd.', en: 'The sale was cancelled.' },
    cause: {
      nl: 'De winkel meldt de status geannuleerd.',
      en: 'The shop reports the status cancelled.',
    },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
  },
  SALE_BEFORE_START: {
    text: {
      nl: 'De verkoop van {date} ligt vóór de begindatum {from}.',
      en: 'The sale of {date} lies before the start date {from}.',
    },
    cause: {
      nl: 'De koppeling boekt vanaf de begindatum.',
      en: 'The integration books from the start date on.',
    },
    remedy: {
      nl: 'Gebruik een migratie voor oudere verkopen.',
      en: 'Use a migration for earlier sales.',
    },
  },
  SALE_GONE: {
    text: {
      nl: 'De verkoop bestaat niet meer in de winkel.',
      en: 'The sale no longer exists in the shop.',
    },
    cause: {
      nl: 'Zij is verwijderd of was een afgebroken bestelling.',
      en: 'It was deleted, or was an abandoned checkout.',
    },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
  },
  SALE_EMPTY: {
    text: { nl: 'De verkoop heeft geen regels.', en: 'The sale has no lines.' },
    cause: {
      nl: 'De winkel geeft een bestelling zonder inhoud.',
      en: 'The shop gives an order without content.',
    },
    remedy: { nl: 'Controleer de bestelling in de winkel.', en: 'Check the order in the shop.' },
  },
  TOTAL_DIFFERS_FROM_LINES: {
    text: {
      nl: 'Het totaal {total} is niet de som van de regels {sum}: verschil {difference}.',
      en: 'The total {total} is not the sum of the lines {sum}: difference {difference}.',
    },
    cause: {
      nl: 'Er ontbreekt een bedrag in de gegevens van de winkel, of een bedrag is met de hand veranderd.',
      en: 'An amount is missing from the data of the shop, or one was changed by hand.',
    },
    remedy: {
      nl: 'Herstel de bestelling in de winkel en verwerk opnieuw, of boek deze met de hand.',
      en: 'Correct the order in the shop and process again, or book it by hand.',
    },
  },
  VAT_TOTAL_DIFFERS: {
    text: {
      nl: 'De btw {vat} is niet de som van de btw per regel {sum}: verschil {difference}.',
      en: 'The VAT {vat} is not the sum of the VAT per line {sum}: difference {difference}.',
    },
    cause: {
      nl: 'De winkel rekent btw over een bedrag dat niet als regel wordt doorgegeven, of een tarief klopt niet.',
      en: 'The shop charges VAT on an amount that is not passed on as a line, or a rate is wrong.',
    },
    remedy: {
      nl: 'Controleer de btw-instellingen van verzend- en betaalkosten in de winkel.',
      en: 'Check the VAT settings of shipping and payment costs in the shop.',
    },
  },
  LINE_DOES_NOT_ADD_UP: {
    text: {
      nl: 'Regel {line}: {net} plus {vat} btw is niet {gross}.',
      en: 'Line {line}: {net} plus {vat} VAT is not {gross}.',
    },
    cause: {
      nl: 'De winkel geeft bedragen die niet bij elkaar horen, of een bedrag is met de hand veranderd.',
      en: 'The shop gives amounts that do not belong together, or one was changed by hand.',
    },
    remedy: {
      nl: 'Herstel de regel in de winkel en verwerk opnieuw, of boek deze verkoop met de hand.',
      en: 'Correct the line in the shop and process again, or book this sale by hand.',
    },
  },
  VAT_OF_RATE_DIFFERS: {
    text: {
      nl: 'De winkel noemt {vat} btw van {rate} %, de regels komen op {sum}: verschil {difference}.',
      en: 'The shop states {vat} VAT at {rate} %, the lines come to {sum}: difference {difference}.',
    },
    cause: {
      nl: 'Er ontbreekt een bedrag in de gegevens van de winkel, of een regel heeft een ander tarief dan de winkel optelt.',
      en: 'An amount is missing from the data of the shop, or a line has another rate than the shop adds up.',
    },
    remedy: {
      nl: 'Vergelijk de bestelling in de winkel met Meer info, herstel haar en verwerk opnieuw, of boek met de hand.',
      en: 'Compare the order in the shop with More info, correct it and process again, or book by hand.',
    },
  },
  SIGN_WRONG: {
    text: {
      nl: 'Het totaal {total} heeft het verkeerde teken.',
      en: 'The total {total} has the wrong sign.',
    },
    cause: {
      nl: 'Een creditering geeft geld terug en een verkoop niet; hier is het andersom.',
      en: 'A credit gives money back and a sale does not; here it is the other way round.',
    },
    remedy: {
      nl: 'Controleer het document in de winkel en boek het met de hand.',
      en: 'Check the document in the shop and book it by hand.',
    },
  },
  LINE_SIGN_WRONG: {
    text: {
      nl: 'Regel {line}: {quantity} stuks voor {amount}, dat kan niet allebei.',
      en: 'Line {line}: {quantity} pieces for {amount} cannot both be right.',
    },
    cause: {
      nl: 'Teruggenomen artikelen hebben een negatief aantal en een negatief bedrag; hier is alleen het aantal negatief.',
      en: 'Goods taken back have a quantity and an amount below zero; here only the quantity is.',
    },
    remedy: {
      nl: 'Herstel het aantal of het bedrag in de winkel en verwerk opnieuw, of boek deze verkoop met de hand.',
      en: 'Correct the quantity or the amount in the shop and process again, or book this sale by hand.',
    },
  },
  LINE_VAT_MISSING: {
    text: { nl: 'De btw van regel {line} is onbekend.', en: 'The VAT of line {line} is unknown.' },
    cause: {
      nl: 'De winkel geeft geen btw-percentage en de bedragen laten het niet zien.',
      en: 'The shop gives no VAT percentage and the amounts do not show it.',
    },
    remedy: {
      nl: 'Controleer de btw-instelling van het product in de winkel.',
      en: 'Check the VAT setting of the product in the shop.',
    },
  },
  ADJUSTMENT_WITHOUT_VAT: {
    text: {
      nl: 'Regel {line} is een correctie van {amount} zonder btw-gegevens.',
      en: 'Line {line} is an adjustment of {amount} without VAT information.',
    },
    cause: {
      nl: 'De winkel weet van een correctie op een creditfactuur niet bij welk tarief zij hoort.',
      en: 'The shop does not know which rate an adjustment on a credit invoice belongs to.',
    },
    remedy: {
      nl: 'Boek deze creditfactuur met de hand; voorstel voor de correctie: {proposal}. Crediteer voortaan artikelen of verzendkosten in plaats van een correctie.',
      en: 'Book this credit invoice by hand; proposal for the adjustment: {proposal}. From now on credit articles or shipping instead of an adjustment.',
    },
  },
  MARKETPLACE_SALE: {
    text: {
      nl: 'De marktplaats draagt de btw van deze verkoop af.',
      en: 'The marketplace accounts for the VAT of this sale.',
    },
    cause: {
      nl: 'Een verkoop met 0 % die geen intracommunautaire levering is.',
      en: 'A sale at 0 % that is no intra-Community supply.',
    },
    remedy: {
      nl: 'Boek deze verkoop volgens de opgave van de marktplaats met de hand.',
      en: 'Book this sale by hand from the statement of the marketplace.',
    },
  },
  CURRENCY_UNSUPPORTED: {
    text: {
      nl: 'De munt {currency} kan niet in {system} worden geboekt.',
      en: 'The currency {currency} cannot be booked in {system}.',
    },
    cause: {
      nl: 'De koppeling boekt alleen {allowed}.',
      en: 'The integration books {allowed} only.',
    },
    remedy: { nl: 'Boek deze verkoop met de hand.', en: 'Book this sale by hand.' },
  },
  CREDIT_UNSUPPORTED: {
    text: {
      nl: '{system} kan via de koppeling geen creditfactuur aanmaken.',
      en: '{system} cannot create a credit invoice through the integration.',
    },
    cause: { nl: 'Het systeem biedt deze mogelijkheid niet.', en: 'The system does not offer it.' },
    remedy: { nl: 'Maak de creditfactuur met de hand.', en: 'Make the credit invoice by hand.' },
  },
  SALE_CHANGED_AFTER_BOOKING: {
    text: {
      nl: 'De verkoop is in de winkel veranderd nadat zij was geboekt: {booked} werd {total}.',
      en: 'The sale was changed in the shop after it was booked: {booked} became {total}.',
    },
    cause: {
      nl: 'Een verkoop wordt maar één keer geboekt; latere wijzigingen volgen niet.',
      en: 'A sale is booked once; later changes are not followed.',
    },
    remedy: {
      nl: 'Corrigeer de factuur in de boekhouding met de hand.',
      en: 'Correct the invoice in the bookkeeping by hand.',
    },
  },
} as const satisfies Record<string, Problem>
