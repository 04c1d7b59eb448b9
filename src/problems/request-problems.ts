import type { Problem } from './problem.ts'

/** Problems of this area: what a caller of our own interface did wrong. */
export const requestProblems = {
  WEBHOOK_UNKNOWN: {
    text: {
      nl: 'Dit webhookadres hoort bij geen koppeling.',
      en: 'This webhook address belongs to no integration.',
    },
    cause: {
      nl: 'Het adres is verkeerd of de koppeling is gestopt.',
      en: 'The address is wrong or the integration has stopped.',
    },
    remedy: {
      nl: 'Registreer de webhook opnieuw door opnieuw te verbinden.',
      en: 'Register the webhook again by reconnecting.',
    },
    httpStatus: 404,
  },
  WEBHOOK_UNSIGNED: {
    text: { nl: 'De webhook heeft geen handtekening.', en: 'The webhook has no signature.' },
    cause: {
      nl: 'De header met de handtekening ontbreekt.',
      en: 'The header with the signature is missing.',
    },
    remedy: {
      nl: 'Alleen de winkel zelf kan webhooks sturen.',
      en: 'Only the shop itself can send webhooks.',
    },
    httpStatus: 401,
  },
  WEBHOOK_SIGNATURE_WRONG: {
    text: {
      nl: 'De handtekening van de webhook klopt niet.',
      en: 'The signature of the webhook is wrong.',
    },
    cause: {
      nl: 'De afzender kent het geheim niet, of de inhoud is veranderd.',
      en: 'The sender does not know the secret, or the content was changed.',
    },
    remedy: {
      nl: 'Verbind de winkel opnieuw als dit echte webhooks zijn.',
      en: 'Reconnect the shop if these are real webhooks.',
    },
    httpStatus: 401,
  },
  WEBHOOK_MALFORMED: {
    text: {
      nl: 'De inhoud van de webhook is niet te lezen.',
      en: 'The content of the webhook cannot be read.',
    },
    cause: {
      nl: 'Het is geen geldige JSON of een veld ontbreekt.',
      en: 'It is no valid JSON, or a field is missing.',
    },
    remedy: {
      nl: 'Er is niets te doen; de winkel wordt toch elk uur bekeken.',
      en: 'There is nothing to do; the shop is looked at every hour anyway.',
    },
    httpStatus: 400,
  },
  WEBHOOK_FOREIGN: {
    text: {
      nl: 'De webhook gaat over een andere winkel.',
      en: 'The webhook is about another shop.',
    },
    cause: {
      nl: 'De verwijzing in de inhoud hoort niet bij deze koppeling.',
      en: 'The reference in the content does not belong to this integration.',
    },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
    httpStatus: 403,
  },
  WEBHOOK_REPLAYED: {
    text: {
      nl: 'De webhook is te oud: zij werd {minutes} minuten geleden gemaakt.',
      en: 'The webhook is too old: it was made {minutes} minutes ago.',
    },
    cause: {
      nl: 'Een webhook wordt alleen vers geloofd; een oude kan door een vreemde opnieuw zijn gestuurd.',
      en: 'A webhook is believed only while fresh; an old one may be sent again by a stranger.',
    },
    remedy: {
      nl: 'Er is niets te doen: de winkel wordt elk uur bekeken, dus de verkoop is al bekend.',
      en: 'There is nothing to do: the shop is looked at every hour, so the sale is known already.',
    },
    httpStatus: 409,
  },
  WEBHOOK_UNSUPPORTED: {
    text: { nl: 'Dit systeem stuurt geen webhooks.', en: 'This system sends no webhooks.' },
    cause: { nl: 'De winkel wordt elk uur bekeken.', en: 'The shop is looked at every hour.' },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
    httpStatus: 404,
  },
  STORE_NOT_CONFIGURED: {
    text: {
      nl: 'De app van {system} is hier niet ingesteld.',
      en: 'The app of {system} is not set up here.',
    },
    cause: {
      nl: 'De beheerder heeft geen app-gegevens opgegeven.',
      en: 'The operator has given no app data.',
    },
    remedy: {
      nl: 'Verbind met een eigen sleutel, of vraag de beheerder.',
      en: 'Connect with a key of your own, or ask the operator.',
    },
    httpStatus: 404,
  },
  STORE_SIGNATURE_WRONG: {
    text: {
      nl: 'De handtekening van de app-winkel klopt niet.',
      en: 'The signature of the app store is wrong.',
    },
    cause: {
      nl: 'De oproep kwam niet van het platform.',
      en: 'The call did not come from the platform.',
    },
    remedy: {
      nl: 'Begin de installatie opnieuw vanuit de app-winkel.',
      en: 'Start the installation again from the app store.',
    },
    httpStatus: 403,
  },
  STORE_MALFORMED: {
    text: {
      nl: 'De oproep van de app-winkel is niet te lezen.',
      en: 'The call of the app store cannot be read.',
    },
    cause: {
      nl: 'Een veld ontbreekt of heeft een verkeerde vorm.',
      en: 'A field is missing or has the wrong form.',
    },
    remedy: {
      nl: 'Begin de installatie opnieuw vanuit de app-winkel.',
      en: 'Start the installation again from the app store.',
    },
    httpStatus: 400,
  },
  STORE_CALL_STALE: {
    text: {
      nl: 'De oproep van de app-winkel is te oud.',
      en: 'The call of the app store is too old.',
    },
    cause: {
      nl: 'Een installatielink geldt een uur; een oude kan door een vreemde zijn bewaard.',
      en: 'An installation link is good for an hour; an old one may have been kept by a stranger.',
    },
    remedy: {
      nl: 'Begin de installatie opnieuw vanuit de app-winkel.',
      en: 'Start the installation again from the app store.',
    },
    httpStatus: 403,
  },
  STORE_NO_HANDSHAKE: {
    text: {
      nl: 'Voor deze winkel is geen installatie begonnen.',
      en: 'No installation was started for this shop.',
    },
    cause: {
      nl: 'De handdruk van het platform ontbreekt of is verlopen.',
      en: 'The handshake of the platform is missing or has expired.',
    },
    remedy: {
      nl: 'Begin de installatie opnieuw vanuit de app-winkel.',
      en: 'Start the installation again from the app store.',
    },
    httpStatus: 404,
  },
  BODY_TOO_LARGE: {
    text: { nl: 'De inhoud is te groot.', en: 'The content is too large.' },
    cause: {
      nl: 'Een verzoek mag ten hoogste {max} bytes zijn.',
      en: 'A request may be {max} bytes at most.',
    },
    remedy: { nl: 'Stuur minder tegelijk.', en: 'Send less at once.' },
    httpStatus: 413,
  },
  TOO_MANY_REQUESTS: {
    text: { nl: 'Te veel verzoeken.', en: 'Too many requests.' },
    cause: {
      nl: 'Er komen sneller verzoeken binnen dan is toegestaan.',
      en: 'Requests come in faster than is allowed.',
    },
    remedy: { nl: 'Wacht even en probeer opnieuw.', en: 'Wait a moment and try again.' },
    httpStatus: 429,
  },
  INPUT_INVALID: {
    text: { nl: 'Het veld "{field}" klopt niet.', en: 'The field "{field}" is not right.' },
    cause: {
      nl: 'De waarde ontbreekt of heeft een verkeerde vorm.',
      en: 'The value is missing or has the wrong form.',
    },
    remedy: {
      nl: 'Verbeter de waarde en probeer opnieuw.',
      en: 'Correct the value and try again.',
    },
    httpStatus: 400,
  },
  NOT_SIGNED_IN: {
    text: { nl: 'U bent niet aangemeld.', en: 'You are not signed in.' },
    cause: {
      nl: 'De sessie ontbreekt of is verlopen.',
      en: 'The session is missing or has expired.',
    },
    remedy: { nl: 'Meld u opnieuw aan.', en: 'Sign in again.' },
    httpStatus: 401,
  },
  FOREIGN_ORIGIN: {
    text: {
      nl: 'Dit verzoek komt van een andere website.',
      en: 'This request comes from another website.',
    },
    cause: {
      nl: 'De browser noemt een andere herkomst dan het dashboard.',
      en: 'The browser names another origin than the dashboard.',
    },
    remedy: {
      nl: 'Open het dashboard zelf en probeer het daar.',
      en: 'Open the dashboard itself and try it there.',
    },
    httpStatus: 403,
  },
  NOT_FOUND: {
    text: { nl: 'Dit bestaat niet.', en: 'This does not exist.' },
    cause: {
      nl: 'Het adres is verkeerd, of het is van een ander.',
      en: 'The address is wrong, or it belongs to somebody else.',
    },
    remedy: { nl: 'Ga terug naar het overzicht.', en: 'Go back to the overview.' },
    httpStatus: 404,
  },
  CONFLICT: {
    text: {
      nl: 'Dit kan nu niet: de boeking is intussen {state}.',
      en: 'This cannot be done now: the booking has become {state}.',
    },
    cause: {
      nl: 'Iemand anders of Doorvoer zelf was eerder.',
      en: 'Somebody else or Doorvoer itself was earlier.',
    },
    remedy: { nl: 'Ververs de pagina.', en: 'Refresh the page.' },
    httpStatus: 409,
  },
  READ_ONLY_SEAT: {
    text: { nl: 'Met deze stoel kunt u alleen kijken.', en: 'This seat can only look.' },
    cause: {
      nl: 'Uw rol geeft geen recht om iets te veranderen.',
      en: 'Your role gives no right to change anything.',
    },
    remedy: { nl: 'Vraag de eigenaar om meer rechten.', en: 'Ask the owner for more rights.' },
    httpStatus: 403,
  },
  METHOD_NOT_ALLOWED: {
    text: {
      nl: 'Deze methode wordt hier niet ondersteund.',
      en: 'This method is not supported here.',
    },
    cause: {
      nl: 'Het adres kent alleen andere methoden.',
      en: 'The address only knows other methods.',
    },
    remedy: {
      nl: 'Gebruik een methode uit de documentatie.',
      en: 'Use a method of the documentation.',
    },
    httpStatus: 405,
  },
  MEDIA_UNSUPPORTED: {
    text: { nl: 'Dit soort inhoud wordt niet gelezen.', en: 'This kind of content is not read.' },
    cause: { nl: 'De header Content-Type is onbekend.', en: 'The header Content-Type is unknown.' },
    remedy: { nl: 'Stuur JSON.', en: 'Send JSON.' },
    httpStatus: 415,
  },
  FAULT_IN_DOORVOER: {
    text: { nl: 'Er ging iets mis in Doorvoer.', en: 'Something went wrong in Doorvoer.' },
    cause: {
      nl: 'Een onverwachte fout; zij is vastgelegd.',
      en: 'An unexpected fault; it was recorded.',
    },
    remedy: {
      nl: 'Probeer het opnieuw; blijft het, meld het probleem.',
      en: 'Try again; if it stays, report the problem.',
    },
    httpStatus: 500,
  },
  DATABASE_BUSY: {
    text: { nl: 'De database antwoordt niet.', en: 'The database does not answer.' },
    cause: {
      nl: 'Zij is overbelast of wordt herstart.',
      en: 'It is overloaded or being restarted.',
    },
    remedy: { nl: 'Probeer het over een minuut opnieuw.', en: 'Try again in a minute.' },
    httpStatus: 503,
  },
  SIGN_IN_UNKNOWN: {
    text: {
      nl: 'Deze aanmelding is hier niet begonnen, of te lang geleden.',
      en: 'This sign-in was not begun here, or too long ago.',
    },
    cause: {
      nl: 'Er is een half uur de tijd, en een aanmelding werkt één keer, voor wie haar begon.',
      en: 'There is half an hour for it, and a sign-in works once, for whoever began it.',
    },
    remedy: {
      nl: 'Ga naar de koppeling en kies opnieuw Verbinden.',
      en: 'Go to the integration and choose Connect again.',
    },
    httpStatus: 404,
  },
  CONFIGURATION_CHANGED: {
    text: {
      nl: 'De configuratie is intussen ergens anders gewijzigd.',
      en: 'The configuration was changed elsewhere meanwhile.',
    },
    cause: {
      nl: 'Iemand sloeg haar op nadat u dit scherm opende: u in een ander venster, of een collega.',
      en: 'Somebody saved it after you opened this screen: you in another window, or a colleague.',
    },
    remedy: {
      nl: 'Kies of u de andere versie overneemt of de uwe bewaart.',
      en: 'Choose whether to take the other version or to keep yours.',
    },
    httpStatus: 409,
  },
  SALE_NOT_FOUND: {
    text: {
      nl: 'In {system} is geen verkoop met nummer {number} gevonden.',
      en: 'No sale with number {number} was found in {system}.',
    },
    cause: {
      nl: 'Het nummer is anders geschreven, of de verkoop is ouder dan een jaar.',
      en: 'The number is written otherwise, or the sale is more than a year old.',
    },
    remedy: {
      nl: 'Neem het nummer over uit de winkel, of kies een verkoop uit de lijst.',
      en: 'Copy the number from the shop, or choose a sale from the list.',
    },
    httpStatus: 404,
  },
} as const satisfies Record<string, Problem>
