import type { Problem } from './problem.ts'

/** Problems of this area: what a caller of our own interface did wrong. */
export const requestProblems = {
  PERIOD_REVERSED: {
    text: {
      nl: 'De periode eindigt ({until}) voordat zij begint ({from}).',
      en: 'The period ends ({until}) before it begins ({from}).',
    },
    cause: { nl: 'De datums zijn verwisseld.', en: 'The dates are the wrong way round.' },
    remedy: {
      nl: 'Kies een einde op of na het begin.',
      en: 'Choose an end on or after the beginning.',
    },
    httpStatus: 400,
  },
  PERIOD_IN_FUTURE: {
    text: {
      nl: 'De periode loopt tot {until}, en dat is nog niet geweest.',
      en: 'The period runs until {until}, which has not been yet.',
    },
    cause: {
      nl: 'Wat nog komt, boekt Doorvoer vanzelf; het is vandaag {today}.',
      en: 'Doorvoer books what is still to come by itself; today is {today}.',
    },
    remedy: { nl: 'Kies een einde tot en met vandaag.', en: 'Choose an end up to today.' },
    httpStatus: 400,
  },
  PERIOD_TOO_LONG: {
    text: {
      nl: 'De periode is {days} dagen lang; {most} is het meeste.',
      en: 'The period is {days} days long; {most} is the most.',
    },
    cause: {
      nl: 'Zo ver terug hoeft een administratie niet bewaard te worden.',
      en: 'Books need not be kept for that long.',
    },
    remedy: {
      nl: 'Kies een kortere periode, of doe het in delen.',
      en: 'Choose a shorter period, or do it in parts.',
    },
    httpStatus: 400,
  },
  SURVEY_UNDER_WAY: {
    text: {
      nl: 'Er is er al een bezig voor deze koppeling.',
      en: 'One is under way already for this integration.',
    },
    cause: {
      nl: 'Twee tegelijk zouden elkaar in de weg zitten.',
      en: 'Two at once would be in each other’s way.',
    },
    remedy: {
      nl: 'Wacht tot die klaar is, of breek die af.',
      en: 'Wait until it is ready, or cancel it.',
    },
    httpStatus: 409,
  },
  MIGRATION_EMPTY: {
    text: {
      nl: 'Er is in deze periode niets door te zetten.',
      en: 'There is nothing to pass on in this period.',
    },
    cause: {
      nl: 'De winkel had er geen verkopen, of alles is al geboekt.',
      en: 'The shop had no sales in it, or all of them are booked already.',
    },
    remedy: { nl: 'Kies een andere periode.', en: 'Choose another period.' },
    httpStatus: 409,
  },
  SECRETS_FOR_ANOTHER_ADDRESS: {
    text: {
      nl: 'Het adres is veranderd: vul ook de sleutels opnieuw in.',
      en: 'The address has changed: fill in the keys again too.',
    },
    cause: {
      nl: 'Bewaarde sleutels gaan alleen naar het adres waar ze voor gegeven zijn.',
      en: 'Stored keys only go to the address they were given for.',
    },
    remedy: {
      nl: 'Vul de sleutels in die bij dit adres horen, of zet het oude adres terug.',
      en: 'Fill in the keys that belong to this address, or put the old address back.',
    },
    httpStatus: 409,
  },
  QUARTER_UNKNOWN: {
    text: {
      nl: '"{quarter}" is geen kwartaal zoals 2026-Q3.',
      en: '"{quarter}" is no quarter like 2026-Q3.',
    },
    cause: { nl: 'Het adres is met de hand veranderd.', en: 'The address was changed by hand.' },
    remedy: { nl: 'Kies een kwartaal uit de lijst.', en: 'Choose a quarter from the list.' },
    httpStatus: 400,
  },
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
  TOKEN_UNKNOWN: {
    text: { nl: 'Deze API-sleutel werkt niet.', en: 'This API token does not work.' },
    cause: {
      nl: 'Zij is verkeerd overgenomen, ingetrokken of verlopen.',
      en: 'It was copied wrongly, revoked, or has expired.',
    },
    remedy: {
      nl: 'Maak een nieuwe sleutel op de pagina Account.',
      en: 'Make a new token on the Account page.',
    },
    httpStatus: 401,
  },
  TOKEN_SCOPE_MISSING: {
    text: {
      nl: 'Deze API-sleutel mag dit niet: het recht "{scope}" ontbreekt.',
      en: 'This API token may not do this: it lacks the scope "{scope}".',
    },
    cause: {
      nl: 'Een sleutel mag alleen waarvoor hij is gemaakt.',
      en: 'A token may only do what it was made for.',
    },
    remedy: {
      nl: 'Maak een sleutel met dit recht op de pagina Account.',
      en: 'Make a token with this scope on the Account page.',
    },
    httpStatus: 403,
  },
  PERSON_NEEDED: {
    text: {
      nl: 'Dit kan alleen iemand die zich heeft aangemeld.',
      en: 'Only somebody who is signed in can do this.',
    },
    cause: {
      nl: 'Een API-sleutel mag geen accounts, stoelen of koppelingen beheren.',
      en: 'An API token may not manage accounts, seats or integrations.',
    },
    remedy: { nl: 'Doe dit in het dashboard.', en: 'Do this in the dashboard.' },
    httpStatus: 403,
  },
  TOO_MANY_TOKENS: {
    text: { nl: 'U hebt al {max} API-sleutels.', en: 'You have {max} API tokens already.' },
    cause: {
      nl: 'Meer sleutels zijn niet meer te overzien.',
      en: 'Nobody keeps track of more tokens than that.',
    },
    remedy: { nl: 'Trek een oude sleutel in.', en: 'Revoke an old token.' },
    httpStatus: 409,
  },
  LINK_USED_UP: {
    text: { nl: 'Deze link werkt niet meer.', en: 'This link does not work any more.' },
    cause: {
      nl: 'Een link werkt één keer en verloopt na een tijd.',
      en: 'A link works once, and expires after a while.',
    },
    remedy: { nl: 'Vraag een nieuwe link aan.', en: 'Ask for a new link.' },
    httpStatus: 410,
  },
  INVITATION_USED_UP: {
    text: {
      nl: 'Deze uitnodiging werkt niet meer.',
      en: 'This invitation does not work any more.',
    },
    cause: {
      nl: 'Zij is al aangenomen, ingetrokken of verlopen.',
      en: 'It was accepted already, withdrawn, or has expired.',
    },
    remedy: {
      nl: 'Meld u aan als u haar al had aangenomen. Vraag anders wie u uitnodigde om het opnieuw te doen.',
      en: 'Sign in if you had accepted it already. Otherwise ask whoever invited you to do so again.',
    },
    httpStatus: 410,
  },
  SEAT_TAKEN: {
    text: {
      nl: 'Deze persoon heeft hier al toegang.',
      en: 'This person has access here already.',
    },
    cause: { nl: 'Iemand heeft één stoel per bedrijf.', en: 'A person has one seat per company.' },
    remedy: {
      nl: 'Wijzig de rol van deze persoon in de lijst.',
      en: 'Change the role of this person in the list.',
    },
    httpStatus: 409,
  },
  TOO_MANY_OFFERS: {
    text: {
      nl: 'Er zijn te veel uitnodigingen verstuurd.',
      en: 'Too many invitations have been sent.',
    },
    cause: {
      nl: 'Aan één adres gaan er vijf per dag, en er wachten er ten hoogste {max}.',
      en: 'One address gets five a day, and at most {max} wait at a time.',
    },
    remedy: {
      nl: 'Trek uitnodigingen in, of probeer het morgen opnieuw.',
      en: 'Withdraw invitations, or try again tomorrow.',
    },
    httpStatus: 429,
  },
  SEAT_NOT_YOURS_TO_GIVE: {
    text: {
      nl: 'Uw rol geeft niet het recht om deze rol te geven of te nemen.',
      en: 'Your role gives no right to give or take this role.',
    },
    cause: {
      nl: 'Alleen een eigenaar maakt of verwijdert eigenaren.',
      en: 'Only an owner makes or removes owners.',
    },
    remedy: { nl: 'Vraag een eigenaar.', en: 'Ask an owner.' },
    httpStatus: 403,
  },
  LAST_OWNER: {
    text: { nl: 'Een bedrijf houdt ten minste één eigenaar.', en: 'A company keeps one owner.' },
    cause: {
      nl: 'Dit is de laatste eigenaar.',
      en: 'This is the last owner.',
    },
    remedy: {
      nl: 'Maak eerst iemand anders eigenaar.',
      en: 'Make somebody else an owner first.',
    },
    httpStatus: 409,
  },
  NAME_DIFFERS: {
    text: {
      nl: 'De naam van het bedrijf klopt niet.',
      en: 'The name of the company is not right.',
    },
    cause: {
      nl: 'Verwijderen gaat alleen met de naam precies zoals hij hier staat.',
      en: 'Deleting takes the name exactly as it stands here.',
    },
    remedy: { nl: 'Typ de naam over.', en: 'Copy the name by typing it.' },
    httpStatus: 409,
  },
  TERMS_CHANGED: {
    text: {
      nl: 'Er gelden intussen nieuwe voorwaarden.',
      en: 'New terms apply by now.',
    },
    cause: {
      nl: 'De versie die u las geldt niet meer.',
      en: 'The version that you read no longer applies.',
    },
    remedy: {
      nl: 'Lees de nieuwe voorwaarden en ga opnieuw akkoord.',
      en: 'Read the new terms and agree again.',
    },
    httpStatus: 409,
  },
  SYSTEM_UNKNOWN: {
    text: { nl: 'Dit systeem kent Doorvoer niet.', en: 'Doorvoer does not know this system.' },
    cause: {
      nl: 'Het staat niet in de lijst van systemen.',
      en: 'It is not in the list of systems.',
    },
    remedy: { nl: 'Kies een systeem uit de lijst.', en: 'Choose a system from the list.' },
    httpStatus: 404,
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
  SECOND_FACTOR_MISSING: {
    text: {
      nl: 'Voor de console is een tweede factor nodig.',
      en: 'The console needs a second factor.',
    },
    cause: {
      nl: 'U bent aangemeld met alleen een wachtwoord.',
      en: 'You are signed in with a password only.',
    },
    remedy: {
      nl: 'Meld u aan met een passkey of een code uit uw app; stel die in bij uw account.',
      en: 'Sign in with a passkey or a code from your app; set one up in your account.',
    },
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
      nl: 'Deze instellingen zijn intussen ergens anders gewijzigd.',
      en: 'These settings were changed elsewhere meanwhile.',
    },
    cause: {
      nl: 'Iemand sloeg ze op nadat u dit scherm opende: u in een ander venster, of een collega.',
      en: 'Somebody saved them after you opened this screen: you in another window, or a colleague.',
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
