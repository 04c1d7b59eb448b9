import type { Problem } from './problem.ts'

/** Problems of this area: what stands between Doorvoer and a shop that its merchant hosts himself. */
export const shopHostProblems = {
  REST_PATH_MISSING: {
    text: {
      nl: 'Het adres voor koppelingen van {system} bestaat niet (404).',
      en: 'The address for integrations of {system} does not exist (404).',
    },
    cause: {
      nl: 'Het webadres klopt niet, of de server stuurt /rest niet door naar {system}.',
      en: 'The address is wrong, or the server does not pass /rest on to {system}.',
    },
    remedy: {
      nl: 'Controleer het adres; probeer het met /index.php erachter, of laat de hoster de herschrijfregels (.htaccess) herstellen.',
      en: 'Check the address; try it with /index.php behind it, or have the host restore the rewrite rules (.htaccess).',
    },
  },
  SHOP_IN_MAINTENANCE: {
    text: { nl: '{system} staat in onderhoudsmodus.', en: '{system} is in maintenance mode.' },
    cause: {
      nl: 'De winkel toont een onderhoudspagina (503).',
      en: 'The shop shows a maintenance page (503).',
    },
    remedy: {
      nl: 'Zet de onderhoudsmodus uit zodra het onderhoud klaar is; Doorvoer gaat vanzelf verder.',
      en: 'Switch maintenance mode off once it is done; Doorvoer goes on by itself.',
    },
  },
  AUTHORIZATION_STRIPPED: {
    text: {
      nl: 'De server voor {system} laat de inloggegevens niet door.',
      en: 'The server in front of {system} does not pass the credentials on.',
    },
    cause: {
      nl: 'De webserver verwijdert de Authorization-header; {system} ziet een bezoeker zonder sleutel.',
      en: 'The web server removes the Authorization header; {system} sees a visitor without a key.',
    },
    remedy: {
      nl: 'Laat de hoster de header doorgeven: CGIPassAuth On, of de HTTP_AUTHORIZATION-regel in .htaccess.',
      en: 'Have the host pass the header on: CGIPassAuth On, or the HTTP_AUTHORIZATION line in .htaccess.',
    },
  },
  PASSWORD_IN_FRONT: {
    text: {
      nl: 'Voor {system} staat een wachtwoord van de server.',
      en: 'A password of the server stands in front of {system}.',
    },
    cause: {
      nl: 'De winkel is afgeschermd met basic authentication; dat gaat niet samen met een koppeling.',
      en: 'The shop is closed off with basic authentication, which excludes an integration.',
    },
    remedy: {
      nl: 'Haal de afscherming weg voor /rest en /oauth en kies Opnieuw verbinden.',
      en: 'Remove the password for /rest and /oauth and choose Reconnect.',
    },
  },
  INTEGRATION_INACTIVE: {
    text: {
      nl: 'De integratie in {system} is niet actief.',
      en: 'The integration in {system} is not active.',
    },
    cause: {
      nl: 'De sleutels bestaan, maar de integratie is uitgezet of heeft geen enkel recht.',
      en: 'The keys exist, but the integration was switched off or has no right at all.',
    },
    remedy: {
      nl: 'Kies in {system} bij System > Integrations voor Activate en vink de rechten van de installatiepagina aan.',
      en: 'Choose Activate at System > Integrations in {system} and tick the rights of the installation page.',
    },
  },
  ACTIVATION_MALFORMED: {
    text: {
      nl: 'De activering vanuit {system} is onvolledig (veld {field}).',
      en: 'The activation from {system} is incomplete (field {field}).',
    },
    cause: {
      nl: 'De aanroep kwam niet van {system}, of het adres in de integratie is veranderd.',
      en: 'The call did not come from {system}, or the address in the integration was changed.',
    },
    remedy: {
      nl: 'Neem de twee adressen van de installatiepagina precies over en activeer opnieuw.',
      en: 'Copy the two addresses of the installation page exactly and activate again.',
    },
  },
  ACTIVATION_REFUSED: {
    text: {
      nl: '{system} weigert de activering af te ronden (status {status}).',
      en: '{system} refuses to finish the activation (status {status}).',
    },
    cause: {
      nl: 'Er zat meer dan vijf minuten tussen, de sleutels zijn vervangen, of deze versie van {system} heeft hier een bekende fout.',
      en: 'More than five minutes passed, the keys were replaced, or this version of {system} has a known fault here.',
    },
    remedy: {
      nl: 'Activeer opnieuw. Lukt dat niet, maak dan een integratie zonder Callback URL en vul de vier sleutels met de hand in.',
      en: 'Activate again. If that fails, make an integration without Callback URL and fill in the four keys by hand.',
    },
  },
  ACTIVATION_UNKNOWN: {
    httpStatus: 404,
    text: {
      nl: 'Op deze licentiesleutel wacht geen activering vanuit {system}.',
      en: 'No activation from {system} waits for this licence key.',
    },
    cause: {
      nl: 'De sleutel is niet goed overgenomen, hoort bij een andere koppeling, of de activering is verlopen of al gebruikt.',
      en: 'The key was not copied exactly, belongs to another integration, or the activation expired or was used already.',
    },
    remedy: {
      nl: 'Controleer de licentiesleutel, ook die in de Callback URL, en klik in uw winkel opnieuw op activeren.',
      en: 'Check the licence key, also the one in the Callback URL, and click activate in your shop again.',
    },
  },
  ACTIVATION_OTHER_SHOP: {
    text: {
      nl: 'De activering kwam niet van deze webwinkel.',
      en: 'The activation did not come from this webshop.',
    },
    cause: {
      nl: 'Het ingevulde domein is een ander dan dat van de {system} die de sleutels stuurde.',
      en: 'The domain that was filled in is not that of the {system} that sent the keys.',
    },
    remedy: {
      nl: 'Vul het domein in waaronder uw winkel bereikbaar is, zonder map. Kent u het andere domein niet, sluit dan dit venster.',
      en: 'Fill in the domain under which your shop is reached, without a folder. If you do not know the other domain, close this window.',
    },
  },
  ACTIVATION_NOT_ALLOWED: {
    text: {
      nl: 'Zonder uw toestemming wordt er niets gekoppeld.',
      en: 'Nothing is connected without your consent.',
    },
    cause: {
      nl: 'Het vakje voor toestemming is niet aangevinkt.',
      en: 'The box for consent was not ticked.',
    },
    remedy: {
      nl: 'Vink het vakje aan en klik op Koppelen, of sluit dit venster.',
      en: 'Tick the box and click Connect, or close this window.',
    },
  },
  SHOP_EXTENSION_MISSING: {
    text: {
      nl: '{system} kent de extensie van Doorvoer niet.',
      en: '{system} does not know the extension of Doorvoer.',
    },
    cause: {
      nl: 'De API werkt, maar de extensie is niet geïnstalleerd, staat uit, of de cache is nog de oude.',
      en: 'The API works, but the extension is not installed, is switched off, or the cache is still the old one.',
    },
    remedy: {
      nl: 'Zet de bestanden van de extensie in de winkel en ververs bij System > Cache Management de caches Configuration en Web Services Configuration; Doorvoer gaat vanzelf verder.',
      en: 'Put the files of the extension into the shop and refresh the caches Configuration and Web Services Configuration at System > Cache Management; Doorvoer goes on by itself.',
    },
  },
  ADMIN_ROLE_MISSING: {
    text: {
      nl: 'De beheerder die toestemming gaf heeft in {system} geen REST-rol.',
      en: 'The administrator who gave permission has no REST role in {system}.',
    },
    cause: {
      nl: 'Zonder rol mag de sleutel niets, ook al is de rol zelf wel aangemaakt.',
      en: 'Without a role the key may do nothing, even where the role itself was made.',
    },
    remedy: {
      nl: 'Kies System > Permissions > Users, open de beheerder en geef hem onder REST Role de rol met de rechten van de installatiepagina.',
      en: 'Choose System > Permissions > Users, open the administrator and give him the role with the rights of the installation page under REST Role.',
    },
  },
  ATTRIBUTES_MISSING: {
    text: {
      nl: '{system} laat het veld "{field}" niet zien.',
      en: '{system} does not show the field "{field}".',
    },
    cause: {
      nl: 'Het veld is niet aangevinkt bij de REST Attributes; de winkel laat het dan zonder melding weg.',
      en: 'The field is not ticked at the REST Attributes; the shop then leaves it out without a word.',
    },
    remedy: {
      nl: 'Kies System > Web Services > REST - Attributes > Admin en vink alles onder "REST API Calls to read invoices" aan.',
      en: 'Choose System > Web Services > REST - Attributes > Admin and tick everything below "REST API Calls to read invoices".',
    },
  },
} as const satisfies Record<string, Problem>
