import { list, text, type Article } from '../article.ts'

export const connectionArticles: readonly Article[] = [
  {
    slug: 'connecting-magento',
    group: 'connections',
    title: { nl: 'Magento verbinden lukt niet', en: 'Magento will not connect' },
    summary: {
      nl: 'De controle zegt welke stap misging: adres, handtekening, rechten, pad, doorverwijzing of onderhoud.',
      en: 'The check says which step failed: address, signature, rights, path, redirect or maintenance.',
    },
    body: [
      list(
        [
          'Pad niet gevonden of doorverwezen: het adres moet precies zo zijn als in de beheerinstellingen, met https en met of zonder www.',
          'Path not found or redirected: the address must be exactly as in the admin settings, with https and with or without www.',
        ],
        [
          'De server haalt de kop Authorization weg: vraag uw hostingpartij om die door te laten naar PHP.',
          'The server strips the Authorization header: ask your hosting company to pass it on to PHP.',
        ],
        [
          'Er staat een wachtwoord of beveiligingspagina voor de winkel: sta ons adres toe.',
          'A password or security page stands in front of the shop: allow our address.',
        ],
        [
          'De integratie is niet geactiveerd, of mist rechten: vink verkoop, facturen en creditfacturen aan.',
          'The integration is not activated, or lacks rights: tick sales, invoices and credit memos.',
        ],
        [
          'Magento 2.1 tot en met 2.4.3 gaat met activeren vanuit de winkel; vanaf 2.4.4 vult u vier waarden in. Magento 1.9 heeft onze extensie nodig.',
          'Magento 2.1 up to 2.4.3 is activated from the shop; from 2.4.4 on you fill in four values. Magento 1.9 needs our extension.',
        ],
      ),
      text(
        'Betaalkosten en toeslagen van een uitbreiding komen alleen mee als die ze in de gegevens van Magento zet. Ontbreken ze, dan is het totaal anders dan de som van de regels en wordt er niets geboekt.',
        'Payment costs and surcharges of an add-on only come along when it puts them into Magento’s data. If they are missing, the total differs from the sum of the lines and nothing is booked.',
      ),
    ],
    codes: [
      'REST_PATH_MISSING',
      'AUTHORIZATION_STRIPPED',
      'PASSWORD_IN_FRONT',
      'INTEGRATION_INACTIVE',
      'ACTIVATION_REFUSED',
      'ADMIN_ROLE_MISSING',
      'SHOP_EXTENSION_MISSING',
      'SHOP_IN_MAINTENANCE',
      'REMOTE_REDIRECTS',
      'REMOTE_HTML',
      'ATTRIBUTES_MISSING',
    ],
  },
  {
    slug: 'out-of-reach',
    group: 'connections',
    title: {
      nl: 'De winkel of de boekhouding is even onbereikbaar',
      en: 'The shop or the bookkeeping is out of reach for a while',
    },
    summary: {
      nl: 'U hoeft niets te doen: verkopen wachten en gaan in volgorde verder.',
      en: 'There is nothing to do: sales wait and go on in order.',
    },
    body: [
      text(
        'Storingen, onderhoud en drukte gaan vanzelf over. Op het tabblad Open staat wanneer de volgende poging is. Wat geboekt is, is vastgelegd; wat nog moet, wordt niet vergeten.',
        'Outages, maintenance and crowds pass by themselves. The Open tab shows when the next attempt is. What was booked is recorded; what is still to be done is not forgotten.',
      ),
      text(
        'Wordt een verbinding rood, dan is er iemand nodig: een sleutel is ingetrokken, een recht ontbreekt of het adres is veranderd. Kies Opnieuw verbinden; daarna gaat alles verder waar het gebleven was.',
        'When a connection turns red somebody is needed: a key was withdrawn, a right is missing, or the address changed. Choose Reconnect; everything then goes on where it stopped.',
      ),
    ],
    codes: [
      'REMOTE_SILENT',
      'REMOTE_TROUBLE',
      'RATE_LIMITED',
      'RETRIES_EXHAUSTED',
      'CREDENTIALS_REFUSED',
      'CREDENTIALS_UNREADABLE',
      'RIGHT_MISSING',
      'ADMINISTRATION_CLOSED',
    ],
  },
  {
    slug: 'codes-changed',
    group: 'connections',
    title: {
      nl: 'Ik heb codes of rekeningen in mijn boekhouding veranderd',
      en: 'I changed codes or accounts in my bookkeeping',
    },
    summary: {
      nl: 'Ververs de keuzes op het tabblad Configuratie en wijs de rijen opnieuw toe.',
      en: 'Refresh the choices on the Configuration tab and assign the rows again.',
    },
    body: [
      text(
        'Een btw-code die niet meer bestaat of een ander percentage heeft gekregen, wordt niet gebruikt: de verkoop komt bij Fouten. Nadat u de rij hebt hersteld, kiest u Alles verwerken.',
        'A VAT code that no longer exists or got another percentage is not used: the sale goes to Errors. Once you have corrected the row, choose Process all.',
      ),
    ],
    codes: [
      'VAT_CODE_MISSING',
      'VAT_CODE_OTHER_RATE',
      'LEDGER_MISSING',
      'CHOICES_MISSING',
      'TEMPLATE_NOT_CHOSEN',
      'PAYMENT_CONDITION_NOT_CHOSEN',
      'ADMINISTRATION_NOT_CHOSEN',
      'SETTINGS_INVALID',
    ],
  },
  {
    slug: 'switching',
    group: 'connections',
    title: {
      nl: 'Ik stap over op een andere winkel of boekhouding',
      en: 'I am switching to another shop or bookkeeping',
    },
    summary: {
      nl: 'Installeer er een koppeling bij en stop de oude; met één aanmelding ziet u ze allebei.',
      en: 'Install another integration and stop the old one; one sign-in shows both.',
    },
    body: [
      text(
        'Kies de begindatum van de nieuwe koppeling op de dag dat de oude stopt. Wat al in de nieuwe boekhouding staat met hetzelfde kenmerk, wordt herkend en niet nog eens geboekt. Oudere verkopen haalt u over met een migratie.',
        'Set the start date of the new integration to the day the old one stops. What is already in the new bookkeeping under the same reference is recognised and not booked again. Earlier sales are passed on by a migration.',
      ),
      text(
        'Een tweede winkel is ook gewoon een tweede koppeling. Een gestopte koppeling verdwijnt uit de keuzelijst; haar sleutels worden gewist, haar rapport blijft.',
        'A second shop is simply a second integration. A stopped integration leaves the list; its keys are erased, its report stays.',
      ),
    ],
    codes: ['ALREADY_IN_BOOKS', 'SALE_BEFORE_START', 'NOT_COMPLETE'],
  },
]
