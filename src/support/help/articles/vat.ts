import { list, text, type Article } from '../article.ts'

export const vatArticles: readonly Article[] = [
  {
    slug: 'how-the-rate-is-found',
    group: 'vat',
    title: { nl: 'Hoe vindt Doorvoer het btw-tarief?', en: 'How does Doorvoer find the VAT rate?' },
    summary: {
      nl: 'Door te rekenen welke wettelijke tarieven bij de bedragen passen; er wordt nooit naar het dichtstbijzijnde afgerond.',
      en: 'By working out which legal rates fit the amounts; nothing is ever rounded to the nearest.',
    },
    body: [
      text(
        'Een winkel noemt vaak alleen bedragen in hele centen. 0,01 btw op 0,12 is 8,33 %, en toch is 9 % juist: elk bedrag kan een halve cent hoger of lager zijn geweest. Doorvoer rekent met die marges en kijkt welke tarieven van het land op die datum passen.',
        'A shop often states amounts in whole cents only. VAT of 0.01 on 0.12 is 8.33 %, and yet 9 % is right: each amount may have been half a cent higher or lower. Doorvoer calculates with those margins and sees which rates of the country fit on that date.',
      ),
      list(
        ['Past er één, dan is het tarief bewezen.', 'If one fits, the rate is proved.'],
        [
          'Passen er meer, zoals bij centartikelen, dan beslissen andere gegevens van de verkoop: het percentage van de winkel, de btw per tarief, regels van dezelfde soort, of alle andere regels.',
          'If several fit, as with items of a few cents, other data of the sale decide: the percentage of the shop, the VAT per rate, lines of the same kind, or all other lines.',
        ],
        [
          'Beslist ook dat niet, dan geldt uw standaardtarief voor het land, en staat erbij dat het is aangenomen.',
          'If that does not decide either, your default rate for the country applies, and it is said that it was assumed.',
        ],
        [
          'Past er geen, dan wordt er niets geboekt. U ziet de bedragen, het kale percentage en in welk land het wél zou passen.',
          'If none fits, nothing is booked. You see the amounts, the bare percentage and in which country it would fit.',
        ],
      ),
      text(
        'Gratis artikelen hebben geen bedragen om mee te rekenen; zij volgen de andere regels of uw standaardtarief.',
        'Free items have no amounts to calculate with; they follow the other lines or your default rate.',
      ),
    ],
    codes: [
      'VAT_RATE_IMPOSSIBLE',
      'VAT_RATE_UNDECIDED',
      'VAT_RATE_ASSUMED',
      'VAT_RATE_CONTRADICTION',
      'VAT_RATE_NOT_LEGAL',
      'VAT_RATES_UNKNOWN',
    ],
  },
  {
    slug: 'vat-number',
    group: 'vat',
    title: {
      nl: 'Het btw-nummer ontbreekt of wordt afgewezen',
      en: 'The VAT number is missing or rejected',
    },
    summary: {
      nl: 'Zonder btw leveren binnen de EU mag alleen aan een klant met een btw-nummer dat volgens VIES geldig is.',
      en: 'Supplying without VAT inside the EU is only allowed to a customer whose VAT number is valid according to VIES.',
    },
    body: [
      list(
        [
          'Schrijf het nummer met landcode: NL123456789B01, BE0123456789. Punten, spaties en kleine letters mogen.',
          'Write the number with its country code: NL123456789B01, BE0123456789. Dots, blanks and lower case are fine.',
        ],
        [
          'Een KvK- of ondernemingsnummer is geen btw-nummer. Ook "n.v.t." of "VAT123" is er geen.',
          'A company register number is no VAT number. Neither is "n/a" or "VAT123".',
        ],
        [
          'Geldig in eigen land is niet genoeg: de klant moet het nummer bij zijn belastingdienst hebben laten openen voor handel binnen de EU.',
          'Valid at home is not enough: the customer must have had the number opened for trade inside the EU.',
        ],
        [
          'Komt het nummer helemaal niet mee, kijk dan of de winkel het in het veld voor het btw-nummer bewaart en niet in een opmerking.',
          'If the number does not come along at all, see whether the shop keeps it in the field for the VAT number and not in a remark.',
        ],
      ),
      text(
        'Het bewijs van VIES (uitslag, tijdstip en consultatienummer) blijft bij de boeking. Vul uw eigen btw-nummer in bij Configuratie, anders geeft VIES geen consultatienummer.',
        'The proof of VIES (verdict, time and consultation number) stays with the booking. Fill in your own VAT number on the Configuration tab, or VIES gives no consultation number.',
      ),
    ],
    codes: [
      'VAT_NUMBER_MISSING',
      'VAT_NUMBER_MALFORMED',
      'VAT_NUMBER_INVALID',
      'VAT_NUMBER_OWN_COUNTRY',
      'VAT_NUMBER_CHECK_DIGIT',
      'VIES_REQUESTER_REFUSED',
      'INTRA_COMMUNITY_WITH_VAT',
    ],
  },
  {
    slug: 'vies-silent',
    group: 'vat',
    title: { nl: 'Wat als VIES niet antwoordt?', en: 'What if VIES does not answer?' },
    summary: {
      nl: 'De verkoop wacht en wordt vanzelf opnieuw gecontroleerd; na 48 uur beslist u.',
      en: 'The sale waits and is checked again by itself; after 48 hours you decide.',
    },
    body: [
      text(
        'VIES vraagt elk nummer na bij de belastingdienst van het land, en die ligt soms stil. Geen antwoord is geen nee: Doorvoer boekt dan niets en vraagt na 1, 5, 15 en 60 minuten opnieuw, daarna elk uur.',
        'VIES passes every question on to the tax office of the country, which is sometimes down. No answer is not a no: Doorvoer books nothing and asks again after 1, 5, 15 and 60 minutes, then every hour.',
      ),
      text(
        'Duurt het langer dan 48 uur (in te stellen bij Configuratie), dan staat de verkoop op het tabblad Open bij Wacht op u:',
        'When it takes longer than 48 hours (to be set on the Configuration tab), the sale is on the Open tab under Waits for you:',
      ),
      list(
        [
          'Zonder btw boeken: u staat zelf in voor het nummer. U ziet wanneer VIES het voor het laatst goedkeurde.',
          'Book without VAT: you vouch for the number yourself. You see when VIES last approved it.',
        ],
        [
          'Met btw boeken: het betaalde bedrag geldt als inclusief btw. U kiest het tarief en ziet wat dat wordt.',
          'Book with VAT: the amount paid counts as including VAT. You choose the rate and see what comes of it.',
        ],
        ['Negeren: de verkoop wordt niet geboekt.', 'Ignore: the sale is not booked.'],
      ),
    ],
    codes: ['VIES_NO_ANSWER', 'VIES_SILENT_TOO_LONG', 'VIES_NUMBER_BLOCKED', 'VIES_BLOCKED'],
  },
  {
    slug: 'shipping-without-vat',
    group: 'vat',
    title: {
      nl: 'Verzend- of betaalkosten zonder btw',
      en: 'Shipping or payment costs without VAT',
    },
    summary: {
      nl: 'Bijkomende kosten volgen het tarief van de goederen; stel dat in de winkel in.',
      en: 'Costs that come with the goods follow their rate; set it in the shop.',
    },
    body: [
      text(
        'Staat er btw op de artikelen en geen btw op de verzendkosten, dan klopt de factuur niet. Geef in de winkel de verzendmethode of de betaalkosten een belastingklasse. Een bestelling die al betaald is, boekt u met de hand, of u past haar in de winkel aan en kiest Verwerken.',
        'When the goods carry VAT and shipping does not, the invoice is wrong. Give the shipping method or the payment costs a tax class in the shop. Book an order that has been paid by hand, or change it in the shop and choose Process.',
      ),
    ],
    codes: ['SHIPPING_WITHOUT_VAT', 'ZERO_VAT_WITHOUT_REASON'],
  },
  {
    slug: 'discounts',
    group: 'vat',
    title: { nl: 'Hoe worden kortingen verwerkt?', en: 'How are discounts handled?' },
    summary: {
      nl: 'Een korting op de hele bestelling wordt naar rato over de btw-tarieven verdeeld, tot op de cent.',
      en: 'A discount on the whole order is spread over the VAT rates in proportion, to the cent.',
    },
    body: [
      text(
        'Noemt de winkel de btw van een korting, dan geldt die. Noemt zij die niet, dan volgt de korting de artikelen: staat er voor 60 euro tegen 21 % en voor 40 euro tegen 9 % in de mand, dan gaat 60 % van de korting van de eerste groep af. Cadeaubonnen en statiegeld worden niet goedkoper.',
        'When the shop states the VAT of a discount, that applies. When it does not, the discount follows the goods: with 60 euros at 21 % and 40 euros at 9 % in the basket, 60 % of the discount comes off the first group. Gift cards and deposits do not get cheaper.',
      ),
      text(
        'Een ingewisselde cadeaubon is een betaling, geen korting.',
        'A gift card that is redeemed is a payment, not a discount.',
      ),
    ],
    codes: ['DISCOUNT_SPREAD', 'LINE_VAT_MISSING'],
  },
  {
    slug: 'a-cent-of-difference',
    group: 'vat',
    title: {
      nl: 'Waar komt een cent verschil vandaan?',
      en: 'Where does a cent of difference come from?',
    },
    summary: {
      nl: 'Winkel en boekhouding ronden op een andere plaats af; een afrondingsregel maakt het totaal gelijk.',
      en: 'Shop and bookkeeping round at different places; a rounding line makes the total equal.',
    },
    body: [
      text(
        '37,50 en 12,50 met 21 % is per regel afgerond 10,51 btw, en over het totaal 10,50. Beide mag. Doorvoer kent de rekenwijze van elk boekhoudpakket en rekent vooraf uit op welk totaal het uitkomt.',
        '37.50 and 12.50 at 21 % is 10.51 VAT when each line is rounded, and 10.50 on the total. Both are allowed. Doorvoer knows the arithmetic of every bookkeeping system and works out beforehand which total it will come to.',
      ),
      text(
        'Komt dat anders uit dan wat de klant betaalde, dan worden eerst prijzen met meer decimalen of inclusief btw geprobeerd. Helpt dat niet, dan komt er een regel Afronding bij van ten hoogste een cent per tarief. Is het verschil groter, dan wordt er niets geboekt: aantallen en tarieven worden nooit verbogen.',
        'When that differs from what the customer paid, prices with more decimals or including VAT are tried first. If that does not help, a line Afronding (rounding) of at most a cent per rate is added. If the difference is larger, nothing is booked: quantities and rates are never bent.',
      ),
    ],
    codes: [
      'ROUNDING_LINE',
      'TOTAL_WOULD_DIFFER',
      'TOTAL_DIFFERS_FROM_LINES',
      'VAT_TOTAL_DIFFERS',
      'VAT_OF_RATE_DIFFERS',
      'UNIT_PRICE_INEXPRESSIBLE',
      'TOTAL_DIFFERS_AFTER_BOOKING',
    ],
  },
  {
    slug: 'which-country-which-code',
    group: 'vat',
    title: {
      nl: 'Welke btw-code en grootboekrekening krijgt een verkoop?',
      en: 'Which VAT code and ledger account does a sale get?',
    },
    summary: {
      nl: 'Die van de rij van het land en het percentage in uw btw-tabel; ICP en buiten de EU hebben eigen rijen.',
      en: 'Those of the row of the country and percentage in your VAT table; ICP and outside the EU have their own rows.',
    },
    body: [
      text(
        'Nederland en België hebben allebei 21 %. Een percentage zegt dus niet welk land het is: het afleveradres zegt dat. Vul in de btw-tabel op het tabblad Configuratie alleen de landen in waaraan u verkoopt.',
        'The Netherlands and Belgium both have 21 %. So a percentage does not tell the country: the delivery address does. In the VAT table on the Configuration tab fill in only the countries you sell to.',
      ),
      text(
        'Gebruikt u de eenloketregeling (OSS), dan krijgen verkopen aan consumenten in andere EU-landen de tarieven van dat land; anders die van uw eigen land. Factuursturen en EenvoudigFactureren werken zonder codes: zij nemen het percentage aan.',
        'With the one-stop shop (OSS) sales to consumers in other EU countries have the rates of that country; otherwise those of your own. Factuursturen and EenvoudigFactureren work without codes: they take the percentage.',
      ),
      text(
        'Uw accountant weet welke codes bij uw administratie horen.',
        'Your accountant knows which codes belong to your administration.',
      ),
    ],
    codes: [
      'VAT_CODE_MISSING',
      'VAT_CODE_OTHER_RATE',
      'LEDGER_MISSING',
      'VAT_RATE_UNKNOWN_TO_BOOKS',
    ],
  },
  {
    slug: 'outside-the-eu',
    group: 'vat',
    title: { nl: 'Verkopen buiten de EU', en: 'Sales outside the EU' },
    summary: {
      nl: 'Uitvoer is 0 %, ook naar gebieden die bij een EU-land lijken te horen.',
      en: 'Export is at 0 %, also to territories that look like part of an EU country.',
    },
    body: [
      text(
        'De Canarische Eilanden, Åland, Livigno, Büsingen, Guadeloupe en andere gebieden horen niet bij het btw-gebied van de EU; Monaco en, voor goederen, Noord-Ierland wel. De postcode beslist. Het bewijs van uitvoer bewaart u zelf.',
        'The Canary Islands, Åland, Livigno, Büsingen, Guadeloupe and other territories are not in the VAT area of the EU; Monaco and, for goods, Northern Ireland are. The postcode decides. You keep the proof of export yourself.',
      ),
      text(
        'Rekent uw winkel daar toch btw, dan wordt dat geboekt zoals het er staat, met een opmerking: btw die op een factuur staat, bent u verschuldigd. Liever weigeren? Dat kan bij Configuratie. Hebt u zelf een registratie in het land, vul die dan in: de tarieven van dat land gelden.',
        'If your shop charges VAT there all the same, it is booked as it stands, with a remark: VAT on an invoice is VAT you owe. You can have such sales refused on the Configuration tab instead. If you have a registration in the country, fill it in: then its rates apply.',
      ),
    ],
    codes: ['VAT_ON_EXPORT', 'VAT_ON_EXPORT_REFUSED', 'POSTCODE_MISSING', 'COUNTRY_UNKNOWN'],
  },
  {
    slug: 'special-goods',
    group: 'vat',
    title: {
      nl: 'Cadeaubonnen, statiegeld, margegoederen en vrijgestelde producten',
      en: 'Gift cards, deposits, margin goods and exempt products',
    },
    summary: {
      nl: 'Merk ze bij Configuratie op artikelcode of belastingklasse; dan heeft hun 0 % een reden.',
      en: 'Mark them by SKU or tax class on the Configuration tab; their 0 % then has a reason.',
    },
    body: [
      list(
        [
          'Cadeaubon voor meer doeleinden: geen btw bij verkoop. Een bon voor één tarief is gewoon belast: merk die niet.',
          'Multi-purpose gift card: no VAT when sold. A card for a single rate is taxed as usual: do not mark it.',
        ],
        ['Statiegeld: geen btw.', 'Deposit: no VAT.'],
        [
          'Marge: op de factuur staat geen btw-bedrag of -tarief; de btw over de marge doet uw accountant.',
          'Margin: the invoice shows no VAT amount or rate; the VAT on the margin is your accountant’s.',
        ],
        [
          'Nultarief of vrijgesteld: bijvoorbeeld zonnepanelen op woningen.',
          'Zero-rated or exempt: solar panels on homes, for instance.',
        ],
        [
          'Kleineondernemersregeling: zet die aan bij Configuratie; dan mag er nergens btw staan.',
          'Small-business scheme: switch it on on the Configuration tab; then there may be no VAT anywhere.',
        ],
      ),
    ],
    codes: [
      'ZERO_VAT_WITHOUT_REASON',
      'VAT_ON_MARGIN',
      'VAT_ON_UNTAXED_LINE',
      'VAT_ON_SMALL_BUSINESS',
      'DOMESTIC_REVERSE_CHARGE_OFF',
      'MARKETPLACE_SALE',
    ],
  },
  {
    slug: 'services-and-downloads',
    group: 'vat',
    title: {
      nl: 'Diensten en digitale goederen',
      en: 'Services and digital goods',
    },
    summary: {
      nl: 'Kies bij Configuratie wat u verkoopt, in het algemeen of per product; anders geldt alles als goederen.',
      en: 'Choose on the Configuration tab what you sell, in general or per product; otherwise everything counts as goods.',
    },
    body: [
      list(
        [
          'Digitale goederen, zoals downloads en licenties: het land van de klant telt, niet een afleveradres. Aan consumenten in de EU gelden dezelfde regels als bij verkoop op afstand (OSS).',
          'Digital goods, such as downloads and licences: the country of the customer counts, not a delivery address. For consumers in the EU the rules of distance sales (OSS) hold.',
        ],
        [
          'Een andere dienst met btw heeft die van uw eigen land, waar de klant ook woont. Ook tickets voor een evenement in uw land vallen hieronder.',
          'Any other service with VAT has that of your own country, wherever the customer lives. So have tickets for an event in your country.',
        ],
        [
          'Zonder btw aan een ondernemer elders in de EU: verlegd, met een geldig btw-nummer. De aangifte zet diensten in een ander vak dan goederen; geef ze in de btw-tabel een eigen code.',
          'Without VAT to a business elsewhere in the EU: reverse charge, with a valid VAT number. The return has another box for services than for goods; give them a code of their own in the VAT table.',
        ],
        [
          'Zonder btw buiten de EU: geen uitvoer, maar niet aan btw onderworpen. Noord-Ierland ligt voor diensten buiten de EU.',
          'Without VAT outside the EU: no export, but not subject to VAT. Northern Ireland is outside the EU for services.',
        ],
        [
          'Goederen en diensten op één bestelling gaan samen zolang dezelfde btw geldt. Valt de ene regel onder de btw van een ander land dan de andere, dan wordt de verkoop niet geboekt.',
          'Goods and services in one order go together as long as the same VAT holds. When one line falls under the VAT of another country than the other, the sale is not booked.',
        ],
      ),
      text(
        'Bij Magento kan de winkel het zeggen: een virtueel product is een dienst, een downloadbaar product is digitaal. Bij de andere winkels noemt u de producten.',
        'With Magento the shop can tell: a virtual product is a service, a downloadable one is digital. With the other shops you name the products.',
      ),
    ],
    codes: ['SUPPLIES_MIXED', 'VAT_NUMBER_MISSING', 'VAT_CODE_MISSING'],
  },
  {
    slug: 'peppol',
    group: 'vat',
    title: { nl: 'E-facturen in België (Peppol)', en: 'E-invoices in Belgium (Peppol)' },
    summary: {
      nl: 'EenvoudigFactureren verstuurt; Doorvoer levert wat Peppol nodig heeft.',
      en: 'EenvoudigFactureren sends; Doorvoer delivers what Peppol needs.',
    },
    body: [
      text(
        'Sinds 2026 moet een factuur tussen Belgische ondernemers via Peppol. Doorvoer schrijft het land als code, het ondernemingsnummer in de vorm die Peppol kent, kortingen per tarief en nooit een negatieve prijs: een creditering is een creditfactuur.',
        'Since 2026 an invoice between Belgian businesses must go through Peppol. Doorvoer writes the country as a code, the enterprise number in the form that Peppol knows, discounts per rate and never a negative price: a credit is a credit invoice.',
      ),
      text(
        'Vraag zakelijke klanten in de winkel om hun btw- of ondernemingsnummer. Ontbreekt het, dan staat dat bij de verkoop vóór het boeken; daarna is een creditfactuur nodig.',
        'Ask business customers for their VAT or enterprise number in the shop. If it is missing, the sale says so before it is booked; afterwards it takes a credit invoice.',
      ),
    ],
    codes: ['BUSINESS_WITHOUT_VAT_NUMBER', 'COUNTRY_UNKNOWN_TO_BOOKS'],
  },
]
