import type { Problem } from './problem.ts'

/** Problems of this area: licences, offers and payments. */
export const licenceProblems = {
  LICENCES_NOT_SOLD: {
    text: { nl: 'Hier worden geen licenties verkocht.', en: 'No licences are sold here.' },
    cause: {
      nl: 'De beheerder heeft geen verkopende partij ingesteld; alle koppelingen werken onbeperkt.',
      en: 'The operator has set no seller; all integrations work without limit.',
    },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
    httpStatus: 404,
  },
  STORE_BILLS: {
    text: {
      nl: 'Deze koppeling wordt via de app-winkel afgerekend.',
      en: 'This integration is billed by the app store.',
    },
    cause: {
      nl: 'De app is vanuit de app-winkel van uw webshop geïnstalleerd.',
      en: 'The app was installed from the app store of your webshop.',
    },
    remedy: {
      nl: 'Beheer het abonnement in de app-winkel.',
      en: 'Manage the subscription in the app store.',
    },
    httpStatus: 409,
  },
  OFFER_CLOSED: {
    text: {
      nl: 'Deze offerte kan niet meer betaald worden.',
      en: 'This offer cannot be paid any more.',
    },
    cause: {
      nl: 'Zij is al betaald, of de koppeling is gestopt.',
      en: 'It has been paid already, or the integration was stopped.',
    },
    remedy: {
      nl: 'Kijk op het tabblad Profiel hoe de licentie ervoor staat.',
      en: 'Look on the Profile tab how the licence stands.',
    },
    httpStatus: 409,
  },
  BILLING_DETAILS_MISSING: {
    text: {
      nl: 'Voor de factuur ontbreken nog gegevens.',
      en: 'Details are missing for the invoice.',
    },
    cause: {
      nl: 'Een factuur vermeldt naam en adres van de koper.',
      en: 'An invoice names its buyer and their address.',
    },
    remedy: {
      nl: 'Vul op het tabblad Profiel de factuurgegevens in.',
      en: 'Fill in the billing details on the Profile tab.',
    },
    httpStatus: 409,
  },
  BILLING_VAT_NUMBER_WRONG: {
    text: { nl: 'Dit is geen btw-nummer.', en: 'This is no VAT number.' },
    cause: {
      nl: 'Geen enkel land heeft nummers van deze vorm.',
      en: 'No country has numbers of this form.',
    },
    remedy: {
      nl: 'Vul het nummer in met de landcode ervoor, of laat het leeg.',
      en: 'Enter the number with its country code in front, or leave it empty.',
    },
    httpStatus: 400,
  },
  PAYMENTS_BY_TRANSFER: {
    text: {
      nl: 'Betalen kan hier alleen per bankoverschrijving.',
      en: 'Payment here is by bank transfer only.',
    },
    cause: {
      nl: 'De beheerder heeft geen betaaldienst ingesteld.',
      en: 'The operator has set up no payment service.',
    },
    remedy: {
      nl: 'Maak het bedrag over met het nummer van de offerte als omschrijving.',
      en: 'Transfer the amount with the number of the offer as its description.',
    },
    httpStatus: 409,
  },
  PAYMENT_SERVICE_SILENT: {
    text: {
      nl: 'De betaaldienst antwoordt op dit moment niet.',
      en: 'The payment service does not answer at this moment.',
    },
    cause: { nl: 'Er is een storing bij Mollie.', en: 'Mollie has an outage.' },
    remedy: {
      nl: 'Probeer het over een paar minuten opnieuw; u betaalt niet dubbel.',
      en: 'Try again in a few minutes; you will not pay twice.',
    },
    httpStatus: 503,
  },
  PAYMENT_REFUSED: {
    text: {
      nl: 'De betaaldienst neemt deze betaling niet aan.',
      en: 'The payment service does not take this payment.',
    },
    cause: { nl: 'Mollie antwoordde: "{said}".', en: 'Mollie answered: "{said}".' },
    remedy: {
      nl: 'Vraag ons op het tabblad Support om een andere manier van betalen.',
      en: 'Ask us on the Support tab for another way to pay.',
    },
    httpStatus: 502,
  },
  PAYMENT_NOT_REFUNDABLE: {
    text: {
      nl: 'Zoveel kan van deze betaling niet worden teruggegeven.',
      en: 'That much of this payment cannot be given back.',
    },
    cause: {
      nl: 'Zij is niet per overschrijving betaald, of er is al (een deel) terug.',
      en: 'It was not paid by transfer, or (part of) it went back already.',
    },
    remedy: {
      nl: 'Betalingen via Mollie worden in Mollie teruggegeven; Doorvoer volgt vanzelf.',
      en: 'Payments by Mollie are given back in Mollie; Doorvoer follows by itself.',
    },
    httpStatus: 409,
  },
  PAID_TWICE: {
    text: { nl: 'Deze offerte is twee keer betaald.', en: 'This offer was paid twice.' },
    cause: {
      nl: 'Een eerdere betaling kwam alsnog binnen.',
      en: 'An earlier payment came in after all.',
    },
    remedy: {
      nl: 'Geef deze betaling in Mollie terug; er is geen factuur van gemaakt.',
      en: 'Give this payment back in Mollie; no invoice was made of it.',
    },
  },
  PAID_TOO_LATE: {
    text: {
      nl: 'Er is betaald voor een koppeling die gestopt is.',
      en: 'An integration that has stopped was paid for.',
    },
    cause: {
      nl: 'De offerte was al ingetrokken toen de betaling binnenkwam.',
      en: 'The offer had been withdrawn when the payment came in.',
    },
    remedy: {
      nl: 'Geef deze betaling in Mollie terug, of help de klant opnieuw te beginnen.',
      en: 'Give this payment back in Mollie, or help the customer to start again.',
    },
  },
  AMOUNT_DIFFERS: {
    text: {
      nl: 'Er is een ander bedrag betaald dan gevraagd.',
      en: 'Another amount was paid than was asked.',
    },
    cause: {
      nl: 'De betaling is in Mollie veranderd.',
      en: 'The payment was changed in Mollie.',
    },
    remedy: {
      nl: 'Zoek de betaling in Mollie op en geef haar terug.',
      en: 'Look the payment up in Mollie and give it back.',
    },
  },
  CHARGED_BACK: {
    text: {
      nl: 'Deze betaling is door de bank teruggehaald.',
      en: 'This payment was taken back by the bank.',
    },
    cause: {
      nl: 'De klant of zijn bank heeft de betaling betwist.',
      en: 'The customer or their bank disputed the payment.',
    },
    remedy: {
      nl: 'De licentie eindigt vanzelf na de waarschuwingen; neem zo nodig contact op.',
      en: 'The licence ends by itself after its warnings; get in touch if needed.',
    },
  },
  INTEGRATION_STOPPED: {
    text: { nl: 'Deze koppeling is gestopt.', en: 'This integration was stopped.' },
    cause: {
      nl: 'De winkelier, de app-winkel of een beheerder heeft haar gestopt; dat wordt niet teruggedraaid.',
      en: 'The merchant, the app store or an operator stopped it; that is never undone.',
    },
    remedy: {
      nl: 'Installeer een nieuwe koppeling om weer te boeken.',
      en: 'Install a new integration to book again.',
    },
    httpStatus: 409,
  },
  SERVICE_FREE: {
    text: { nl: 'Deze dienst kost niets.', en: 'This service costs nothing.' },
    cause: {
      nl: 'Het tarief van vandaag is nul, of er is nog geen; er valt niets aan te bieden.',
      en: 'The tariff of today is nothing, or there is none yet; there is nothing to offer.',
    },
    remedy: {
      nl: 'Stel bij Tarieven eerst een prijs in.',
      en: 'Set a price at Tariffs first.',
    },
    httpStatus: 409,
  },
  TARIFF_INVALID: {
    text: { nl: 'Dit tarief kan niet.', en: 'This tariff cannot be.' },
    cause: {
      nl: 'Het gaat in het verleden in, of een jaar kost niets.',
      en: 'It starts in the past, or a year costs nothing.',
    },
    remedy: {
      nl: 'Kies een dag vanaf vandaag en een prijs boven nul.',
      en: 'Choose a day from today and a price above zero.',
    },
    httpStatus: 400,
  },
} as const satisfies Record<string, Problem>
