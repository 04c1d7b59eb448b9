import type { Problem } from './problem.ts'

/** Problems of this area: why a sale is not booked, seen from the bookkeeping. */
export const accountingProblems = {
  VAT_RATE_UNKNOWN_TO_BOOKS: {
    text: {
      nl: 'Het btw-tarief {rate} % bestaat niet in {system}.',
      en: 'The VAT rate {rate} % does not exist in {system}.',
    },
    cause: {
      nl: 'De administratie kent alleen {allowed}.',
      en: 'The administration only knows {allowed}.',
    },
    remedy: {
      nl: 'Voeg het tarief toe in {system}, ververs de verbinding en verwerk opnieuw.',
      en: 'Add the rate in {system}, refresh the connection and process again.',
    },
  },
  VAT_CODE_MISSING: {
    text: {
      nl: 'Voor verkopen naar {country} met {rate} % btw is geen btw-code van {system} ingesteld.',
      en: 'No VAT code of {system} is set for sales to {country} at {rate} % VAT.',
    },
    cause: {
      nl: 'De btw-tabel heeft geen regel met dit percentage, of de gekozen btw-code bestaat niet meer.',
      en: 'The VAT table has no row with this percentage, or the VAT code chosen no longer exists.',
    },
    remedy: {
      nl: 'Vul bij Configuratie, Btw-tabel de regel {country} met {rate} % in en verwerk opnieuw.',
      en: 'Fill in the row {country} with {rate} % under Configuration, VAT table, and process again.',
    },
  },
  VAT_CODE_OTHER_RATE: {
    text: {
      nl: 'De btw-code voor {country} met {rate} % is in {system} een code van {found} %.',
      en: 'The VAT code for {country} at {rate} % is a code of {found} % in {system}.',
    },
    cause: {
      nl: '{system} rekent met het percentage van de code, dus het totaal zou niet kloppen.',
      en: '{system} calculates with the percentage of the code, so the total would be wrong.',
    },
    remedy: {
      nl: 'Kies bij Configuratie, Btw-tabel voor {country} een code van {rate} % en verwerk opnieuw.',
      en: 'Choose a code of {rate} % for {country} under Configuration, VAT table, and process again.',
    },
  },
  LEDGER_MISSING: {
    text: {
      nl: 'Voor verkopen naar {country} met {rate} % btw is geen grootboekrekening van {system} ingesteld.',
      en: 'No ledger account of {system} is set for sales to {country} at {rate} % VAT.',
    },
    cause: {
      nl: '{system} wil bij elke factuurregel een grootboekrekening.',
      en: '{system} wants a ledger account with every line of an invoice.',
    },
    remedy: {
      nl: 'Kies bij Configuratie, Btw-tabel in de regel {country} met {rate} % een omzetrekening en verwerk opnieuw.',
      en: 'Choose a revenue account in the row {country} with {rate} % under Configuration, VAT table, and process again.',
    },
  },
  TEMPLATE_NOT_CHOSEN: {
    text: {
      nl: 'Er is nog geen factuurlay-out van {system} gekozen.',
      en: 'No invoice layout of {system} has been chosen yet.',
    },
    cause: {
      nl: 'De administratie heeft geen standaardlay-out voor facturen.',
      en: 'The administration has no default layout for invoices.',
    },
    remedy: {
      nl: 'Kies bij Configuratie de factuurlay-out en verwerk opnieuw.',
      en: 'Choose the invoice layout under Configuration and process again.',
    },
  },
  PAYMENT_CONDITION_NOT_CHOSEN: {
    text: {
      nl: 'Er is nog geen betalingsconditie van {system} gekozen.',
      en: 'No payment condition of {system} has been chosen yet.',
    },
    cause: {
      nl: 'De administratie heeft geen standaardbetalingsconditie.',
      en: 'The administration has no default payment condition.',
    },
    remedy: {
      nl: 'Kies bij Configuratie de betalingsconditie en verwerk opnieuw.',
      en: 'Choose the payment condition under Configuration and process again.',
    },
  },
  ADMINISTRATION_NOT_CHOSEN: {
    text: {
      nl: 'Er is nog geen administratie van {system} gekozen.',
      en: 'No administration of {system} has been chosen yet.',
    },
    cause: {
      nl: 'De verbinding geeft toegang tot alle administraties van de gebruiker.',
      en: 'The connection gives access to all administrations of the user.',
    },
    remedy: {
      nl: 'Kies bij Configuratie de administratie en ververs de verbinding.',
      en: 'Choose the administration under Configuration and refresh the connection.',
    },
  },
  ADMINISTRATION_CLOSED: {
    text: {
      nl: 'De gekozen administratie van {system} is niet toegankelijk.',
      en: 'The administration chosen in {system} is not accessible.',
    },
    cause: {
      nl: 'De administratie is verwijderd, of heeft een pakket zonder toegang voor koppelingen.',
      en: 'The administration was deleted, or has a plan without access for integrations.',
    },
    remedy: {
      nl: 'Kies een ander pakket in {system}, of bij Configuratie een andere administratie.',
      en: 'Choose another plan in {system}, or another administration under Configuration.',
    },
  },
  PRODUCT_REFUSED: {
    text: {
      nl: '{system} weigert een product van deze verkoop (status {status}).',
      en: '{system} refuses a product of this sale (status {status}).',
    },
    cause: {
      nl: 'Het artikelnummer of de naam voldoet niet aan een regel van {system}, of het pakket laat geen nieuwe producten toe.',
      en: 'The SKU or the name breaks a rule of {system}, or the subscription allows no new products.',
    },
    remedy: {
      nl: 'Maak het product met dit artikelnummer in {system} aan en verwerk opnieuw.',
      en: 'Make the product with this SKU in {system} and process again.',
    },
  },
  ALREADY_IN_BOOKS: {
    text: {
      nl: 'In {system} staat al factuur {number} met deze referentie, maar met een ander totaal ({found} in plaats van {total}).',
      en: '{system} already has invoice {number} with this reference, but with another total ({found} instead of {total}).',
    },
    cause: {
      nl: 'De verkoop is met de hand of door een andere koppeling geboekt.',
      en: 'The sale was booked by hand or by another integration.',
    },
    remedy: {
      nl: 'Vergelijk de facturen; kies Negeren als de bestaande juist is.',
      en: 'Compare the invoices; choose Ignore when the existing one is right.',
    },
  },
  DEBTOR_AMBIGUOUS: {
    text: {
      nl: 'In {system} hebben {count} debiteuren dit e-mailadres.',
      en: 'In {system} {count} debtors have this e-mail address.',
    },
    cause: {
      nl: 'Doorvoer kan niet kiezen welke bedoeld is.',
      en: 'Doorvoer cannot choose which one is meant.',
    },
    remedy: {
      nl: 'Voeg de dubbele debiteuren samen of maak er één inactief.',
      en: 'Merge the double debtors or make one inactive.',
    },
  },
  EMAIL_MISSING: {
    text: { nl: 'De verkoop heeft geen e-mailadres.', en: 'The sale has no e-mail address.' },
    cause: {
      nl: 'Debiteuren worden op e-mailadres gezocht.',
      en: 'Debtors are matched by e-mail address.',
    },
    remedy: {
      nl: 'Vul het e-mailadres in de winkel in, of koppel de betaalmethode aan een vaste debiteur.',
      en: 'Fill in the e-mail address in the shop, or link the payment method to a fixed debtor.',
    },
  },
  DEBTOR_REVERSE_CHARGE: {
    text: {
      nl: 'Bij deze debiteur staat "btw verlegd" aan in {system}.',
      en: 'This debtor has reverse charge switched on in {system}.',
    },
    cause: {
      nl: '{system} zou dan 0 % btw berekenen, terwijl er {vat} btw is betaald.',
      en: '{system} would charge 0 % VAT, while {vat} of VAT was paid.',
    },
    remedy: {
      nl: 'Zet "btw verlegd" bij de debiteur uit, of boek deze verkoop met de hand.',
      en: 'Switch reverse charge off for the debtor, or book this sale by hand.',
    },
  },
  DEBTOR_DISCOUNT: {
    text: {
      nl: 'Deze debiteur heeft in {system} een vaste korting van {discount} %.',
      en: 'This debtor has a standing discount of {discount} % in {system}.',
    },
    cause: {
      nl: 'De factuur zou lager uitkomen dan wat er is betaald.',
      en: 'The invoice would come out lower than what was paid.',
    },
    remedy: {
      nl: 'Haal de vaste korting bij de debiteur weg, of boek deze verkoop met de hand.',
      en: 'Remove the standing discount of the debtor, or book this sale by hand.',
    },
  },
  DEBTOR_CURRENCY: {
    text: {
      nl: 'Deze debiteur wordt in {system} in {currency} gefactureerd, de verkoop is in {sale}.',
      en: 'This debtor is invoiced in {currency} in {system}, the sale is in {sale}.',
    },
    cause: {
      nl: '{system} zou de bedragen als {currency} lezen.',
      en: '{system} would read the amounts as {currency}.',
    },
    remedy: {
      nl: 'Zet de munt van de debiteur op {sale}, of boek deze verkoop met de hand.',
      en: 'Set the currency of the debtor to {sale}, or book this sale by hand.',
    },
  },
  COUNTRY_UNKNOWN_TO_BOOKS: {
    text: {
      nl: 'Het land van de klant staat niet in de landenlijst van {system}.',
      en: "The customer's country is not in the country list of {system}.",
    },
    cause: {
      nl: 'De winkel schrijft het land anders, of de landenlijst is nog niet opgehaald.',
      en: 'The shop writes the country differently, or the country list has not been fetched yet.',
    },
    remedy: {
      nl: 'Kies Verversen bij de verbinding, of maak de debiteur met dit e-mailadres in {system} aan, en verwerk opnieuw.',
      en: 'Choose Refresh at the connection, or make the debtor with this e-mail address in {system}, and process again.',
    },
  },
  FIELD_TOO_LONG: {
    text: {
      nl: 'Het veld {field} is te lang voor {system}: {length} tekens, ten hoogste {max}.',
      en: 'The field {field} is too long for {system}: {length} characters, at most {max}.',
    },
    cause: {
      nl: 'Afkappen zou dit gegeven onbruikbaar maken.',
      en: 'Cutting it would make it useless.',
    },
    remedy: {
      nl: 'Kort het veld in de winkel in en verwerk opnieuw.',
      en: 'Shorten the field in the shop and process again.',
    },
  },
  UNIT_PRICE_INEXPRESSIBLE: {
    text: {
      nl: 'Regel {line} van {amount} voor {quantity} stuks is in {system} niet op de cent uit te drukken.',
      en: 'Line {line} of {amount} for {quantity} pieces cannot be expressed to the cent in {system}.',
    },
    cause: {
      nl: 'De stuksprijs heeft meer decimalen dan {system} bewaart.',
      en: 'The unit price has more decimals than {system} keeps.',
    },
    remedy: { nl: 'Boek deze verkoop met de hand.', en: 'Book this sale by hand.' },
  },
  TOTAL_WOULD_DIFFER: {
    text: {
      nl: '{system} zou op {predicted} uitkomen in plaats van {total}.',
      en: '{system} would come to {predicted} instead of {total}.',
    },
    cause: {
      nl: '{system} rondt de btw anders af dan de winkel.',
      en: '{system} rounds VAT differently from the shop.',
    },
    remedy: {
      nl: 'Boek deze verkoop met de hand, of factureer met prijzen inclusief btw: bij de debiteur in {system}, of bij Configuratie als die keuze daar staat.',
      en: 'Book this sale by hand, or invoice with prices including VAT: at the debtor in {system}, or under Configuration where that choice is offered.',
    },
  },
  TOTAL_DIFFERS_AFTER_BOOKING: {
    text: {
      nl: 'Factuur {number} staat in {system} voor {booked} in plaats van {total}.',
      en: 'Invoice {number} stands in {system} for {booked} instead of {total}.',
    },
    cause: {
      nl: '{system} heeft anders gerekend dan voorspeld.',
      en: '{system} calculated differently than predicted.',
    },
    remedy: {
      nl: 'Corrigeer de factuur in {system} en meld het probleem.',
      en: 'Correct the invoice in {system} and report the problem.',
    },
  },
  INVOICE_REFUSED: {
    text: {
      nl: '{system} weigert de factuur (status {status}).',
      en: '{system} refuses the invoice (status {status}).',
    },
    cause: {
      nl: 'De factuur voldoet niet aan een regel van {system}.',
      en: 'The invoice breaks a rule of {system}.',
    },
    remedy: {
      nl: 'Bekijk de cijfers bij Meer info, herstel de oorzaak en verwerk opnieuw.',
      en: 'Look at the figures under More info, mend the cause and process again.',
    },
  },
  INVOICE_NOT_SENT: {
    text: {
      nl: 'Factuur {number} is geboekt, maar {system} heeft hem niet naar de klant gestuurd.',
      en: 'Invoice {number} is booked, but {system} did not send it to the customer.',
    },
    cause: {
      nl: '{system} weigerde het versturen, of de factuur kon na het boeken niet worden nagekeken.',
      en: '{system} refused to send it, or the invoice could not be checked after it was booked.',
    },
    remedy: {
      nl: 'Verstuur de factuur zelf vanuit {system}; Doorvoer verstuurt hem niet meer.',
      en: 'Send the invoice from {system} yourself; Doorvoer will not send it any more.',
    },
  },
  INVOICE_SENDING_UNKNOWN: {
    text: {
      nl: 'Factuur {number} is geboekt; of hij naar de klant is gestuurd, is niet zeker.',
      en: 'Invoice {number} is booked; whether it was sent to the customer is not certain.',
    },
    cause: {
      nl: 'Een antwoord van {system} ging verloren. Nog eens versturen zou de klant twee facturen kunnen geven.',
      en: 'An answer of {system} was lost. Sending again might give the customer two invoices.',
    },
    remedy: {
      nl: 'Kijk bij de factuur in {system} of hij verstuurd is, en verstuur hem anders zelf.',
      en: 'Look at the invoice in {system} whether it was sent, and if not send it yourself.',
    },
  },
  DEBTOR_REFUSED: {
    text: {
      nl: '{system} weigert de debiteur (status {status}).',
      en: '{system} refuses the debtor (status {status}).',
    },
    cause: {
      nl: 'De klantgegevens voldoen niet aan een regel van {system}, of het pakket laat geen nieuwe debiteuren toe.',
      en: 'The customer data break a rule of {system}, or the subscription allows no new debtors.',
    },
    remedy: {
      nl: 'Bekijk de cijfers bij Meer info, herstel de oorzaak en verwerk opnieuw.',
      en: 'Look at the figures under More info, mend the cause and process again.',
    },
  },
  DEBTOR_NOT_FOUND: {
    text: {
      nl: 'De vaste debiteur {debtor} bestaat niet meer in {system}.',
      en: 'The fixed debtor {debtor} no longer exists in {system}.',
    },
    cause: { nl: 'Hij is verwijderd of samengevoegd.', en: 'It was deleted or merged.' },
    remedy: {
      nl: 'Kies een andere debiteur bij Configuratie, Betaalmethoden.',
      en: 'Choose another debtor under Configuration, Payment methods.',
    },
  },
  PRODUCT_AMBIGUOUS: {
    text: {
      nl: 'In {system} hebben {count} producten de code {code}.',
      en: 'In {system} {count} products have the code {code}.',
    },
    cause: {
      nl: 'Een product wordt op zijn code herkend; zo is niet te zien welk bedoeld is.',
      en: 'A product is recognised by its code; this way it is not clear which one is meant.',
    },
    remedy: {
      nl: 'Geef in {system} elk product een eigen code en verwerk opnieuw.',
      en: 'Give every product in {system} a code of its own and process again.',
    },
  },
  CHOICES_MISSING: {
    text: {
      nl: 'De lijsten van {system} zijn nog niet opgehaald.',
      en: 'The lists of {system} have not been fetched yet.',
    },
    cause: {
      nl: 'Doorvoer kent de tarieven van de administratie nog niet.',
      en: 'Doorvoer does not know the rates of the administration yet.',
    },
    remedy: { nl: 'Kies Verversen bij de verbinding.', en: 'Choose Refresh at the connection.' },
  },
} as const satisfies Record<string, Problem>
