import { list, text, type Article } from '../article.ts'

export const salesArticles: readonly Article[] = [
  {
    slug: 'what-is-passed-on',
    group: 'sales',
    title: {
      nl: 'Welke gegevens gaan naar mijn boekhouding?',
      en: 'Which data go to my bookkeeping?',
    },
    summary: {
      nl: 'Alles wat op een factuur hoort: nummer, datum, klant, regels, kosten, kortingen en btw.',
      en: 'Everything that belongs on an invoice: number, date, customer, lines, costs, discounts and VAT.',
    },
    body: [
      list(
        [
          'Het bestelnummer en, als de winkel die heeft, het factuurnummer. U kiest welk van de twee leidend is.',
          'The order number and, where the shop has one, the invoice number. You choose which of the two leads.',
        ],
        [
          'Van elke regel de omschrijving, het aantal, de prijs en de btw. Verzend- en betaalkosten zijn eigen regels als ze niet nul zijn.',
          'Of every line its description, quantity, price and VAT. Shipping and payment costs are lines of their own when they are not zero.',
        ],
        [
          'Kortingen: per regel verwerkt, of als eigen regel per btw-tarief.',
          'Discounts: worked into the lines, or as a line of their own per VAT rate.',
        ],
        [
          'Van de klant naam, bedrijf, e-mailadres, factuuradres, telefoon, btw-nummer en KvK- of ondernemingsnummer.',
          'Of the customer name, company, e-mail address, billing address, telephone, VAT number and company number.',
        ],
      ),
      text(
        'Voor de btw telt het afleveradres; op de factuur staat het factuuradres. Bij elke verkoop ziet u onder Meer info wat er precies geboekt wordt en waarom.',
        'VAT follows the delivery address; the invoice shows the billing address. Under More info every sale shows exactly what will be booked, and why.',
      ),
    ],
    codes: ['DESTINATION_FROM_BILLING', 'FIELD_TOO_LONG', 'EMAIL_MISSING'],
  },
  {
    slug: 'where-is-my-sale',
    group: 'sales',
    title: {
      nl: 'Waarom staat een verkoop niet in mijn boekhouding?',
      en: 'Why is a sale not in my bookkeeping?',
    },
    summary: {
      nl: 'Zij wacht (tabblad Open), zij kan zo niet geboekt worden (tabblad Fouten), of zij is ouder dan de koppeling.',
      en: 'It waits (Open tab), it cannot be booked as it is (Errors tab), or it is older than the integration.',
    },
    body: [
      text(
        'Loop deze punten langs. Elke verkoop die Doorvoer kent staat op precies één tabblad, met de reden erbij.',
        'Go through these points. Every sale that Doorvoer knows is on exactly one tab, with the reason.',
      ),
      list(
        [
          'Open: de status in de winkel is nog niet aangevinkt, de klant heeft nog niet betaald, of er wordt gewacht op VIES. U hoeft meestal niets te doen; Nu controleren kijkt meteen.',
          'Open: the status in the shop is not ticked, the customer has not paid yet, or VIES is being waited for. Mostly there is nothing to do; Check now looks at once.',
        ],
        [
          'Fouten: er klopt iets niet. Oorzaak en oplossing staan erbij. Na herstel in de winkel kiest u Verwerken.',
          'Errors: something is not right. Cause and remedy are given. Once corrected in the shop, choose Process.',
        ],
        [
          'De verbindingen bovenaan zijn rood: het adres van de winkel of een sleutel is veranderd. Verbind opnieuw; er gaat niets verloren.',
          'The connections at the top are red: the address of the shop or a key has changed. Reconnect; nothing is lost.',
        ],
        [
          'De btw-codes of grootboekrekeningen in de boekhouding zijn veranderd: ververs de keuzes op het tabblad Configuratie.',
          'The VAT codes or ledger accounts in the bookkeeping have changed: refresh the choices on the Configuration tab.',
        ],
        [
          'Zelfde kenmerk bestaat al: de factuur is met de hand gemaakt, of eerder geboekt.',
          'The same reference exists: the invoice was made by hand, or booked before.',
        ],
        [
          'De bestelling heeft geen land: vul het in de winkel in.',
          'The order has no country: fill it in in the shop.',
        ],
        [
          'Zij is van vóór de begindatum: gebruik een migratie.',
          'It is from before the start date: use a migration.',
        ],
      ),
      text(
        'Elke verkoop wordt binnen 65 minuten gezien, ook als alle meldingen van de winkel verloren gaan.',
        'Every sale is seen within 65 minutes, even when every notification of the shop is lost.',
      ),
    ],
    codes: [
      'STATUS_NOT_YET',
      'NOT_PAID_YET',
      'SALE_BEFORE_START',
      'ALREADY_IN_BOOKS',
      'COUNTRY_MISSING',
      'SALE_CANCELLED',
      'VAT_CODE_MISSING',
    ],
  },
  {
    slug: 'orders-or-invoices',
    group: 'sales',
    title: {
      nl: 'Bestellingen of facturen: wat is het verschil?',
      en: 'Orders or invoices: what is the difference?',
    },
    summary: {
      nl: 'Met betaalde bestellingen blijft weg wat nooit betaald is; met facturen komen creditfacturen mee.',
      en: 'Paid orders keep never-paid ones out; invoices bring credit invoices along.',
    },
    body: [
      text(
        'Heeft uw winkel beide, dan kiest u op het tabblad Configuratie wat de bron is. Bij bestellingen wordt geboekt zodra de status is aangevinkt; het bestelnummer gaat mee. Bij facturen wordt geboekt wat de winkel factureert, ook creditfacturen; het factuurnummer gaat mee, of het bestelnummer als u dat liever hebt.',
        'If your shop has both, you choose the source on the Configuration tab. With orders a sale is booked as soon as its status is ticked, under the order number. With invoices everything is booked that the shop invoices, credit invoices too, under the invoice number or, if you prefer, the order number.',
      ),
      text(
        'U kunt later wisselen: wat al geboekt is, wordt nooit nog eens geboekt.',
        'You can switch later: what has been booked is never booked again.',
      ),
    ],
    codes: ['STATUS_NOT_YET'],
  },
  {
    slug: 'credits',
    group: 'sales',
    title: {
      nl: 'Worden terugbetalingen en creditfacturen geboekt?',
      en: 'Are refunds and credit invoices booked?',
    },
    summary: {
      nl: 'Ja, waar de winkel ze doorgeeft; een aanpassing zonder btw-gegevens niet vanzelf.',
      en: 'Yes, where the shop gives them; an adjustment without VAT data not by itself.',
    },
    body: [
      list(
        [
          'SEOshop: met facturen als bron komen creditfacturen mee.',
          'SEOshop: with invoices as source, credit invoices come along.',
        ],
        [
          'Magento: creditfacturen worden geboekt; bij Magento 1.9 alleen als u dat aanzet.',
          'Magento: credit memos are booked; with Magento 1.9 only when you switch it on.',
        ],
        [
          'KMO Shops: terugbetalingen staan standaard uit.',
          'KMO Shops: refunds are off by default.',
        ],
      ),
      text(
        'Een creditfactuur spiegelt de verkoop: zelfde tarieven, tegengesteld teken. Zij wordt geboekt nadat haar verkoop geboekt is, nooit ervoor. Haalt Magento een los bedrag van een creditering af of telt het er een bij op (een aanpassing), dan staat daar geen btw bij. Doorvoer raadt die niet: de verkoop komt bij Fouten, met een voorstel hoe het bedrag te splitsen is.',
        'A credit invoice mirrors the sale: same rates, opposite sign. It is booked after its sale, never before. When Magento takes an amount off a credit memo or adds one (an adjustment), it states no VAT for it. Doorvoer does not guess: the sale goes to Errors with a proposal of how to split the amount.',
      ),
    ],
    codes: ['ADJUSTMENT_WITHOUT_VAT', 'CREDIT_BEFORE_SALE', 'CREDIT_UNSUPPORTED', 'SIGN_WRONG'],
  },
  {
    slug: 'later-changes',
    group: 'sales',
    title: {
      nl: 'Wat als een bestelling na het boeken verandert?',
      en: 'What if an order changes after it was booked?',
    },
    summary: {
      nl: 'Zij wordt niet nog eens geboekt; het verschil ziet u in het rapport.',
      en: 'It is not booked again; the report shows the difference.',
    },
    body: [
      text(
        'Een factuur in de boekhouding wordt nooit gewijzigd. Verandert het totaal in de winkel, dan draagt de boeking een waarschuwing met beide bedragen. Corrigeer met een creditfactuur in de winkel, of met de hand in de boekhouding.',
        'An invoice in the bookkeeping is never changed. When the total in the shop changes, the booking carries a warning with both amounts. Correct it with a credit invoice in the shop, or by hand in the bookkeeping.',
      ),
    ],
    codes: ['SALE_CHANGED_AFTER_BOOKING', 'SALE_GONE'],
  },
  {
    slug: 'never-twice',
    group: 'sales',
    title: {
      nl: 'Kan een verkoop twee keer geboekt worden?',
      en: 'Can a sale be booked twice?',
    },
    summary: {
      nl: 'Nee: eerst wordt het kenmerk vastgelegd en in de boekhouding gezocht, en een verloren antwoord wordt opgezocht.',
      en: 'No: the reference is recorded and looked for in the bookkeeping first, and a lost answer is looked up.',
    },
    body: [
      text(
        'Bestaat het kenmerk al met hetzelfde totaal, dan geldt de verkoop als geboekt. Is het totaal anders, dan beslist u. Dat er toevallig een factuur met hetzelfde bedrag op dezelfde dag is, houdt niets tegen.',
        'When the reference exists with the same total, the sale counts as booked. When the total differs, you decide. That another invoice has the same amount on the same day stops nothing.',
      ),
      text(
        'Valt de verbinding weg terwijl een factuur wordt gemaakt, dan heet de boeking onzeker. Doorvoer zoekt de factuur op voordat er iets anders gebeurt. Kan dat niet, dan vraagt het tabblad Open u om te kijken.',
        'When the connection breaks while an invoice is being made, the booking is uncertain. Doorvoer looks the invoice up before anything else happens. Where it cannot, the Open tab asks you to look.',
      ),
    ],
    codes: ['ALREADY_IN_BOOKS', 'OUTCOME_UNKNOWN', 'LOOKUP_IMPOSSIBLE', 'BOOKED_BY_HAND'],
  },
  {
    slug: 'customers-and-products',
    group: 'sales',
    title: {
      nl: 'Welke klanten en producten maakt Doorvoer aan?',
      en: 'Which customers and products does Doorvoer create?',
    },
    summary: {
      nl: 'Alleen wat ontbreekt; wat u hebt, wordt nooit gewijzigd.',
      en: 'Only what is missing; what you have is never changed.',
    },
    body: [
      text(
        'Een klant wordt gezocht op e-mailadres. Wordt niemand gevonden, dan wordt de klant aangemaakt. Passen er meer, dan beslist uw instelling, of u. Op het tabblad Configuratie kunt u een betaalmethode aan één vaste debiteur koppelen; alleen leveringen zonder btw binnen de EU krijgen dan nog een eigen debiteur.',
        'A customer is looked for by e-mail address. If nobody is found, the customer is created. If several fit, your setting decides, or you do. On the Configuration tab you can link a payment method to one fixed debtor; only supplies without VAT inside the EU then still get a debtor of their own.',
      ),
      text(
        'Rompslomp heeft bij elke regel een product nodig: dat wordt gezocht op artikelcode en anders aangemaakt, ook voor verzendkosten, betaalkosten, toeslag en korting. Voorraad wordt niet geraakt.',
        'Rompslomp needs a product on every line: it is looked for by SKU and created otherwise, also for shipping, payment costs, surcharge and discount. Stock is not touched.',
      ),
      text(
        'Mag uw pakket of proefversie geen klanten of producten aanmaken, dan zegt de controle van de verbinding dat al bij het koppelen. Te lange namen worden ingekort zoals de boekhouding ze aankan; wat ingekort onbruikbaar zou zijn, wordt geweigerd.',
        'When your package or trial may not create customers or products, the check of the connection says so while connecting. Names that are too long are shortened to what the bookkeeping takes; what would be useless when cut is refused.',
      ),
    ],
    codes: [
      'DEBTOR_AMBIGUOUS',
      'DEBTOR_NOT_FOUND',
      'PRODUCT_AMBIGUOUS',
      'FIELD_TOO_LONG',
      'EMAIL_MISSING',
    ],
  },
  {
    slug: 'paid-and-mailed',
    group: 'sales',
    title: {
      nl: 'Waarom staat een factuur niet op betaald, of krijgt de klant geen mail?',
      en: 'Why is an invoice not marked paid, or not mailed to the customer?',
    },
    summary: {
      nl: 'Beide zijn instellingen van de boekhouding op het tabblad Configuratie, en staan standaard uit.',
      en: 'Both are settings of the bookkeeping on the Configuration tab, and are off by default.',
    },
    body: [
      text(
        'Doorvoer verplaatst geen geld. Waar de boekhouding het kan, wordt een betaalde verkoop als betaald doorgegeven. Maakt uw winkel de factuur vóór de betaling, kies dan bestellingen als bron met een status die pas na betaling komt.',
        'Doorvoer moves no money. Where the bookkeeping can, a paid sale is passed on as paid. If your shop makes the invoice before the payment, choose orders as source with a status that only comes after payment.',
      ),
      text(
        'De factuur mailen aan de klant doet de boekhouding, als u dat aanzet.',
        'Mailing the invoice to the customer is done by the bookkeeping, when you switch it on.',
      ),
    ],
    codes: ['NOT_PAID_YET'],
  },
]
