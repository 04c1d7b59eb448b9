import type { Problem } from './problem.ts'

/** Problems of this area: what happens to a booking on its way. */
export const bookingProblems = {
  OUTCOME_UNKNOWN: {
    text: {
      nl: 'Het is niet zeker of {system} de factuur heeft aangemaakt.',
      en: 'It is not certain whether {system} created the invoice.',
    },
    cause: {
      nl: 'Het antwoord ging verloren nadat het verzoek was verstuurd.',
      en: 'The answer was lost after the request had been sent.',
    },
    remedy: {
      nl: 'Doorvoer zoekt de factuur op; er wordt niets dubbel geboekt.',
      en: 'Doorvoer looks the invoice up; nothing is booked twice.',
    },
  },
  LOOKUP_IMPOSSIBLE: {
    text: {
      nl: 'Doorvoer kan in {system} niet nagaan of de factuur bestaat.',
      en: 'Doorvoer cannot find out in {system} whether the invoice exists.',
    },
    cause: {
      nl: 'De zoekfunctie van {system} geeft geen uitsluitsel.',
      en: 'The search of {system} does not settle it.',
    },
    remedy: {
      nl: 'Kijk zelf in {system} en kies "staat erin" of "boek opnieuw".',
      en: 'Look in {system} yourself and choose "it is there" or "book again".',
    },
  },
  SALE_CHANGED_MEANWHILE: {
    text: {
      nl: 'De verkoop is in de webwinkel gewijzigd terwijl zij werd geboekt.',
      en: 'The sale was changed in the webshop while it was being booked.',
    },
    cause: {
      nl: 'Vlak voor het aanmaken van de factuur las Doorvoer de verkoop nog eens.',
      en: 'Doorvoer read the sale once more right before creating the invoice.',
    },
    remedy: {
      nl: 'Er is niets te doen: zij wordt meteen opnieuw bekeken, zoals zij nu is.',
      en: 'There is nothing to do: it is looked at again at once, as it is now.',
    },
  },
  REFERENCE_CONTESTED: {
    text: {
      nl: 'Een andere webwinkel van u boekt op dit moment een verkoop met hetzelfde nummer in {system}.',
      en: 'Another shop of yours is booking a sale of the same number in {system} at this moment.',
    },
    cause: {
      nl: 'Twee winkels boeken in dezelfde administratie, en beide hebben een verkoop met dit nummer.',
      en: 'Two shops book into the same administration, and both have a sale of this number.',
    },
    remedy: {
      nl: 'Er is niets te doen: daarna wordt deze geboekt, met een eigen referentie. Een eigen referentiesjabloon per winkel voorkomt het wachten.',
      en: 'There is nothing to do: this one is booked afterwards, with a reference of its own. A reference template of its own for each shop avoids the wait.',
    },
  },
  REFERENCE_OF_ANOTHER_SHOP: {
    text: {
      nl: 'In {system} staat {number} al onder dit nummer, waarschijnlijk van een eerdere webwinkel van u.',
      en: '{system} already has {number} under this number, probably of an earlier shop of yours.',
    },
    cause: {
      nl: 'Een koppeling die is gestopt, heeft een andere verkoop met hetzelfde nummer geboekt.',
      en: 'An integration that was stopped booked another sale of the same number.',
    },
    remedy: {
      nl: 'Geef deze winkel bij Configuratie een eigen referentie, bijvoorbeeld met een letter ervoor, en kies Verwerken.',
      en: 'Give this shop a reference of its own under Configuration, for example with a letter before it, and choose Process.',
    },
  },
  LOOKUP_KEEPS_FAILING: {
    text: {
      nl: 'De factuur kon {attempts} keer niet worden opgezocht in {system}.',
      en: 'The invoice could not be looked up in {system}, {attempts} times.',
    },
    cause: {
      nl: '{system} antwoordt al lange tijd niet op de zoekvraag.',
      en: '{system} has not answered the look-up for a long time.',
    },
    remedy: {
      nl: 'Kijk zelf in {system} en kies "staat erin" of "boek opnieuw".',
      en: 'Look in {system} yourself and choose "it is there" or "book again".',
    },
  },
  POSSIBLY_BOOKED_TWICE: {
    text: {
      nl: 'In {system} staat deze verkoop misschien twee keer.',
      en: 'This sale may stand twice in {system}.',
    },
    cause: {
      nl: 'Een verloren antwoord kwam pas na lange tijd alsnog tot uitvoering.',
      en: 'A request whose answer was lost took effect after a long time.',
    },
    remedy: {
      nl: 'Zoek in {system} op de referentie {reference} en verwijder de dubbele factuur.',
      en: 'Search {system} for the reference {reference} and remove the double invoice.',
    },
  },
  RETRIES_EXHAUSTED: {
    text: {
      nl: 'Na {attempts} pogingen is het nog niet gelukt.',
      en: 'It has not worked after {attempts} attempts.',
    },
    cause: {
      nl: 'Een storing duurt langer dan Doorvoer vanzelf blijft proberen.',
      en: 'A fault lasts longer than Doorvoer keeps trying by itself.',
    },
    remedy: {
      nl: 'Controleer de verbindingen en kies Verwerken.',
      en: 'Check the connections and choose Process.',
    },
  },
  REMOTE_PAUSED: {
    text: {
      nl: '{system} heeft een storing; Doorvoer wacht tot die voorbij is.',
      en: '{system} has an outage; Doorvoer waits until it is over.',
    },
    cause: {
      nl: 'De beheerder heeft {system} voor iedereen op pauze gezet.',
      en: 'The operator has paused {system} for everybody.',
    },
    remedy: {
      nl: 'Er is niets te doen; daarna gaat alles vanzelf verder, in de juiste volgorde.',
      en: 'There is nothing to do; afterwards everything goes on by itself, in its order.',
    },
  },
  NOT_COMPLETE: {
    text: {
      nl: 'De installatie is nog niet voltooid.',
      en: 'The installation is not complete yet.',
    },
    cause: {
      nl: 'Er wordt pas geboekt als beide verbindingen groen zijn en de configuratie is opgeslagen.',
      en: 'Nothing is booked until both connections are green and the configuration is saved.',
    },
    remedy: { nl: 'Voltooi de installatie.', en: 'Complete the installation.' },
    httpStatus: 409,
  },
  LICENCE_EXPIRED: {
    text: {
      nl: 'De licentie is verlopen: de verkoop is genoteerd en wordt niet geboekt.',
      en: 'The licence has expired: the sale is noted and not booked.',
    },
    cause: {
      nl: 'De proefperiode of het betaalde jaar is voorbij. Verkopen worden nog 60 dagen verzameld.',
      en: 'The trial or the paid year is over. Sales are collected for another 60 days.',
    },
    remedy: {
      nl: 'Betaal de offerte op het tabblad Profiel; daarna wordt alles op volgorde geboekt.',
      en: 'Pay the offer on the Profile tab; everything is then booked in order.',
    },
  },
  GO_AHEAD_WANTED: {
    text: {
      nl: 'De factuur staat klaar en wacht op uw akkoord.',
      en: 'The invoice is ready and waits for your go-ahead.',
    },
    cause: {
      nl: 'De eerste vijf verkopen boekt Doorvoer pas als u ze heeft gezien.',
      en: 'Doorvoer books the first five sales only after you have seen them.',
    },
    remedy: {
      nl: 'Bekijk het voorbeeld en kies Akkoord.',
      en: 'Look at the preview and choose Go ahead.',
    },
  },
  GO_AHEAD_AGAIN: {
    text: {
      nl: 'De verkoop is veranderd nadat u akkoord gaf; de nieuwe factuur wacht op uw akkoord.',
      en: 'The sale changed after you let it pass; the new invoice waits for your go-ahead.',
    },
    cause: {
      nl: 'In de webwinkel is iets gewijzigd tussen het voorbeeld dat u zag en het boeken.',
      en: 'Something was changed in the webshop between the preview you saw and the booking.',
    },
    remedy: {
      nl: 'Bekijk het nieuwe voorbeeld en kies opnieuw Akkoord.',
      en: 'Look at the new preview and choose Go ahead again.',
    },
  },
  IGNORED: {
    text: { nl: 'De verkoop is terzijde gelegd.', en: 'The sale was put aside.' },
    cause: { nl: 'Iemand heeft Negeren gekozen.', en: 'Somebody chose Ignore.' },
    remedy: {
      nl: 'Kies Verwerken om haar toch te boeken.',
      en: 'Choose Process to book it after all.',
    },
  },
  BOOKED_BY_HAND: {
    text: { nl: 'Met de hand geboekt als {number}.', en: 'Booked by hand as {number}.' },
    cause: {
      nl: 'Iemand heeft bevestigd dat de factuur bestaat.',
      en: 'Somebody confirmed that the invoice exists.',
    },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
  },
  FOUND_IN_BOOKS: {
    text: {
      nl: 'Stond al in {system} als {number}; er is niets bijgeboekt.',
      en: 'Was in {system} already as {number}; nothing was added.',
    },
    cause: {
      nl: 'De factuur werd daar met de hand of door een ander programma gemaakt.',
      en: 'The invoice was made there by hand or by another program.',
    },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
  },
  MIGRATION_CANCELLED: {
    text: {
      nl: 'De migratie waar deze verkoop bij hoort is afgebroken.',
      en: 'The migration this sale belongs to was cancelled.',
    },
    cause: {
      nl: 'Iemand brak de migratie af voordat deze verkoop aan de beurt was.',
      en: 'Somebody cancelled the migration before it was the turn of this sale.',
    },
    remedy: {
      nl: 'Start een nieuwe migratie over deze periode om haar alsnog door te zetten.',
      en: 'Start a new migration over this period to pass it on after all.',
    },
  },
  SETTINGS_INVALID: {
    text: { nl: 'De instelling "{field}" klopt niet.', en: 'The setting "{field}" is not right.' },
    cause: {
      nl: 'De opgeslagen configuratie past niet bij deze versie.',
      en: 'The saved configuration does not fit this version.',
    },
    remedy: {
      nl: 'Open Configuratie en sla opnieuw op.',
      en: 'Open Configuration and save again.',
    },
  },
  INTERNAL_FAULT: {
    text: { nl: 'Er is een fout in Doorvoer zelf.', en: 'There is a fault in Doorvoer itself.' },
    cause: {
      nl: 'Dit hoort niet te gebeuren; het is vastgelegd voor de beheerder.',
      en: 'This should not happen; it was recorded for the operator.',
    },
    remedy: {
      nl: 'Kies Verwerken; blijft het, meld het probleem.',
      en: 'Choose Process; if it stays, report the problem.',
    },
  },
  NOTHING_BOOKED: {
    text: {
      nl: 'Er werden {count} verkopen gezien en geen enkele geboekt ({why}).',
      en: '{count} sales were seen and none was booked ({why}).',
    },
    cause: {
      nl: 'Van vóór de begindatum wordt niets geboekt, en een btw-tabel of status kan ontbreken.',
      en: 'Nothing from before the start date is booked, and a VAT table or a status may be missing.',
    },
    remedy: {
      nl: 'Zoek de codes tussen haakjes op; zet de begindatum met DOORVOER_REMOTE_<SYSTEEM>_START_DATE.',
      en: 'Look up the codes in brackets; set the start date with DOORVOER_REMOTE_<SYSTEM>_START_DATE.',
    },
  },
} as const satisfies Record<string, Problem>
