import type { Problem } from './problem.ts'

/** Problems of this area: VAT rates, VAT numbers and the treatment of a sale. */
export const vatProblems = {
  COUNTRY_MISSING: {
    text: { nl: 'De verkoop heeft geen land.', en: 'The sale has no country.' },
    cause: {
      nl: 'Het afleveradres en het factuuradres noemen geen land. Zonder land is er geen btw-tarief.',
      en: 'Neither the delivery nor the billing address names a country. Without a country there is no VAT rate.',
    },
    remedy: {
      nl: 'Vul het land in bij de bestelling in de winkel en verwerk opnieuw.',
      en: 'Fill in the country of the order in the shop and process again.',
    },
  },
  COUNTRY_UNKNOWN: {
    text: {
      nl: 'Het land "{country}" wordt niet herkend.',
      en: 'The country "{country}" is not recognised.',
    },
    cause: {
      nl: 'De winkel geeft geen landcode en de naam komt in het Nederlands, Engels, Frans en Duits niet voor.',
      en: 'The shop gives no country code, and the name does not exist in Dutch, English, French or German.',
    },
    remedy: {
      nl: 'Kies het land in de winkel uit de lijst, of gebruik de code van twee letters, en verwerk opnieuw.',
      en: 'Choose the country from the list in the shop, or use its two-letter code, and process again.',
    },
  },
  POSTCODE_MISSING: {
    text: {
      nl: 'Zonder leesbare postcode is aangenomen dat de levering naar het gewone gebied van {country} gaat.',
      en: 'Without a readable postcode the delivery is taken to go to the ordinary territory of {country}.',
    },
    cause: {
      nl: 'Delen van dit land hebben een andere btw, zoals eilanden en enclaves; de postcode zegt welk deel het is.',
      en: 'Parts of this country have other VAT, such as islands and enclaves; the postcode tells which part it is.',
    },
    remedy: {
      nl: 'Controleer het afleveradres. Vul zo nodig de postcode aan in de winkel en verwerk opnieuw.',
      en: 'Check the delivery address. If needed, add the postcode in the shop and process again.',
    },
  },
  DESTINATION_FROM_BILLING: {
    text: {
      nl: 'Er is geen afleveradres; de btw volgt het factuuradres ({country}).',
      en: 'There is no delivery address; VAT follows the billing address ({country}).',
    },
    cause: {
      nl: 'De wet kijkt naar de plaats van aflevering, maar de winkel geeft alleen het factuuradres.',
      en: 'The law looks at the place of delivery, but the shop gives the billing address only.',
    },
    remedy: {
      nl: 'Er is niets te doen als de klant op dit adres ontvangt.',
      en: 'There is nothing to do when the customer receives the goods at this address.',
    },
  },
  SUPPLIES_MIXED: {
    text: {
      nl: 'Regel {line} valt onder de btw van {country}, de rest van de verkoop niet.',
      en: 'Line {line} falls under the VAT of {country}, the rest of the sale does not.',
    },
    cause: {
      nl: 'Goederen volgen het afleveradres, digitale goederen het land van de klant, en andere diensten met btw uw eigen land. Samen passen deze niet op één factuur.',
      en: 'Goods follow the delivery address, digital goods the country of the customer, and other services with VAT your own country. Together these do not fit on one invoice.',
    },
    remedy: {
      nl: 'Boek de verkoop met de hand als twee facturen. Komt dit vaker voor, kijk dan bij Configuratie, Uw btw-positie, of de producten goed zijn ingedeeld.',
      en: 'Book the sale by hand as two invoices. If this happens more often, see under Configuration, Your VAT position, whether the products are classed rightly.',
    },
  },
  VAT_AMOUNT_UNREADABLE: {
    text: {
      nl: 'Het veld {field} is geen leesbaar bedrag.',
      en: 'The field {field} is not a readable amount.',
    },
    cause: {
      nl: 'Een bedrag is een getal met een punt, hoogstens 15 cijfers en hoogstens 6 decimalen.',
      en: 'An amount is a number with a decimal point, at most 15 digits and at most 6 decimals.',
    },
    remedy: {
      nl: 'Schrijf 1.21 in plaats van 1,21, of herstel het bedrag in de winkel.',
      en: 'Write 1.21 instead of 1,21, or correct the amount in the shop.',
    },
  },
  QUANTITY_NOT_POSITIVE: {
    text: {
      nl: 'Het aantal {quantity} is niet groter dan nul.',
      en: 'The quantity {quantity} is not greater than zero.',
    },
    cause: {
      nl: 'Een creditering heeft hier negatieve bedragen, geen negatief aantal.',
      en: 'A credit has negative amounts here, not a negative quantity.',
    },
    remedy: {
      nl: 'Geef het aantal zonder minteken en de bedragen met minteken.',
      en: 'Give the quantity without and the amounts with a minus sign.',
    },
  },
  VAT_RATES_UNKNOWN: {
    text: {
      nl: 'Voor {date} zijn geen btw-tarieven van {country} bekend.',
      en: 'No VAT rates of {country} are known for {date}.',
    },
    cause: {
      nl: 'De tarieventabel begint op 1 januari 2019.',
      en: 'The table of rates begins on 1 January 2019.',
    },
    remedy: {
      nl: 'Boek oudere verkopen met de hand.',
      en: 'Book earlier sales by hand.',
    },
  },
  VAT_RATE_IMPOSSIBLE: {
    text: {
      nl: 'Regel {line}: {tax} btw op {net} is {raw} %. In {country} was op {date} alleen mogelijk: {legal}. Wel passend: {fit}.',
      en: 'Line {line}: {tax} VAT on {net} is {raw} %. In {country} only these were possible on {date}: {legal}. Would fit: {fit}.',
    },
    cause: {
      nl: 'De winkel rekent met een tarief dat daar niet geldt, of een bedrag is met de hand veranderd.',
      en: 'The shop uses a rate that does not exist there, or an amount was changed by hand.',
    },
    remedy: {
      nl: 'Herstel het btw-tarief van het product of het land in de winkel. Er is niets geboekt; boek deze verkoop met de hand of verwerk hem na herstel opnieuw.',
      en: 'Correct the VAT rate of the product or the country in the shop. Nothing was booked; book this sale by hand, or process it again once corrected.',
    },
  },
  VAT_RATE_NOT_LEGAL: {
    text: {
      nl: 'Regel {line}: de winkel rekent {rate} %. In {country} was op {date} alleen mogelijk: {legal}.',
      en: 'Line {line}: the shop charges {rate} %. In {country} only these were possible on {date}: {legal}.',
    },
    cause: {
      nl: 'Het btw-tarief in de winkel bestaat daar niet (meer), of de verkoop gaat naar een ander land dan de winkel denkt.',
      en: 'The VAT rate in the shop does not exist there (any more), or the sale goes to another country than the shop thinks.',
    },
    remedy: {
      nl: 'Herstel het btw-tarief in de winkel, of zet bij Configuratie hoe u verkopen naar andere EU-landen belast (eenloketregeling), en verwerk opnieuw.',
      en: 'Correct the VAT rate in the shop, or set on the Configuration tab how you tax sales to other EU countries (one-stop shop), and process again.',
    },
  },
  ROUNDING_LINE: {
    text: {
      nl: 'Een afrondingsregel van {difference} maakt het totaal gelijk aan wat de klant betaalde.',
      en: 'A rounding line of {difference} makes the total equal to what the customer paid.',
    },
    cause: {
      nl: 'De winkel en de boekhouding ronden de btw op een andere plaats af.',
      en: 'The shop and the bookkeeping round VAT at different places.',
    },
    remedy: { nl: 'Er is niets te doen.', en: 'There is nothing to do.' },
  },
  DISCOUNT_SPREAD: {
    text: {
      nl: 'Regel {line}: de korting van {amount} is naar rato verdeeld over {rate}.',
      en: 'Line {line}: the discount of {amount} was spread in proportion over {rate}.',
    },
    cause: {
      nl: 'De winkel geeft een korting op de hele bestelling zonder btw; zij volgt dan de tarieven van de artikelen.',
      en: 'The shop gives a discount on the whole order without VAT; it then follows the rates of the goods.',
    },
    remedy: {
      nl: 'Er is niets te doen als de korting voor alle artikelen gold.',
      en: 'There is nothing to do when the discount was for all goods.',
    },
  },
  VAT_RATE_CONTRADICTION: {
    text: {
      nl: 'Regel {line}: de winkel noemt {stated} %, maar bij de bedragen past alleen {fitting}.',
      en: 'Line {line}: the shop states {stated} %, but the amounts fit only {fitting}.',
    },
    cause: {
      nl: 'Het percentage en de bedragen van de regel spreken elkaar tegen.',
      en: 'The percentage and the amounts of the line contradict each other.',
    },
    remedy: {
      nl: 'Kijk in de winkel welk van de twee klopt, herstel het andere en verwerk opnieuw.',
      en: 'See in the shop which of the two is right, correct the other and process again.',
    },
  },
  VAT_RATE_UNDECIDED: {
    text: {
      nl: 'Regel {line}: bij de bedragen passen meer tarieven: {fitting}.',
      en: 'Line {line}: more than one rate fits the amounts: {fitting}.',
    },
    cause: {
      nl: 'Het bedrag is zo klein dat verschillende tarieven tot dezelfde cent leiden, en niets anders in de verkoop beslist.',
      en: 'The amount is so small that several rates lead to the same cent, and nothing else in the sale decides.',
    },
    remedy: {
      nl: 'Stel een standaardtarief in voor dit land op het tabblad Configuratie, of boek deze verkoop met de hand.',
      en: 'Set a default rate for this country on the Configuration tab, or book this sale by hand.',
    },
  },
  VAT_RATE_ASSUMED: {
    text: {
      nl: 'Regel {line}: {rate} % is aangenomen; ook passend: {fitting}.',
      en: 'Line {line}: {rate} % was assumed; these fit as well: {fitting}.',
    },
    cause: {
      nl: 'De bedragen beslissen niet, dus is het ingestelde standaardtarief gebruikt.',
      en: 'The amounts do not decide, so the configured default rate was used.',
    },
    remedy: {
      nl: 'Er is niets te doen als het tarief klopt.',
      en: 'There is nothing to do when the rate is right.',
    },
  },
  VAT_NUMBER_MISSING: {
    text: {
      nl: 'Er is geen btw gerekend aan een klant in {country}, maar er is geen btw-nummer.',
      en: 'No VAT was charged to a customer in {country}, but there is no VAT number.',
    },
    cause: {
      nl: 'Een levering met 0 % binnen de EU is alleen een intracommunautaire levering als de klant een geldig btw-nummer opgeeft.',
      en: 'A supply at 0 % inside the EU is an intra-Community supply only when the customer gives a valid VAT number.',
    },
    remedy: {
      nl: 'Vraag het btw-nummer aan de klant en vul het in bij de bestelling, of maak een nieuwe bestelling met btw.',
      en: 'Ask the customer for the VAT number and add it to the order, or make a new order with VAT.',
    },
  },
  VAT_NUMBER_MALFORMED: {
    text: {
      nl: 'Het btw-nummer van de klant kan niet bestaan ({why}).',
      en: 'The VAT number of the customer cannot exist ({why}).',
    },
    cause: {
      nl: 'Het heeft niet de vorm van het land (shape), een dubbele landcode (doubled-prefix), een onbekend land (unknown-country), of het is een eenloketnummer (not-a-customer-number). Een KvK-nummer is geen btw-nummer.',
      en: 'It has not the form of its country (shape), a doubled country code (doubled-prefix), an unknown country (unknown-country), or is a one-stop-shop number (not-a-customer-number). A KvK number is not a VAT number.',
    },
    remedy: {
      nl: 'Verbeter het btw-nummer bij de bestelling in de winkel en verwerk opnieuw.',
      en: 'Correct the VAT number of the order in the shop and process again.',
    },
  },
  VAT_NUMBER_CHECK_DIGIT: {
    text: {
      nl: 'Het controlecijfer van het btw-nummer ({country}) klopt niet.',
      en: 'The check digit of the VAT number ({country}) is wrong.',
    },
    cause: {
      nl: 'Meestal is er een tikfout gemaakt; enkele geldige nummers wijken af. VIES beslist.',
      en: 'Mostly a typing error; a few valid numbers deviate. VIES decides.',
    },
    remedy: {
      nl: 'Controleer het nummer als VIES het afwijst.',
      en: 'Check the number if VIES rejects it.',
    },
  },
  VAT_NUMBER_INVALID: {
    text: {
      nl: 'Het btw-nummer van de klant ({country}) is volgens VIES niet geldig.',
      en: 'The VAT number of the customer ({country}) is not valid according to VIES.',
    },
    cause: {
      nl: 'Het nummer bestaat niet of is niet aangemeld voor handel binnen de EU. Zonder geldig nummer is 0 % niet toegestaan.',
      en: 'The number does not exist or is not registered for trade inside the EU. Without a valid number 0 % is not allowed.',
    },
    remedy: {
      nl: 'Vraag de klant om het juiste nummer en vul het in bij de bestelling, of breng btw in rekening.',
      en: 'Ask the customer for the right number and add it to the order, or charge VAT.',
    },
  },
  VAT_NUMBER_OWN_COUNTRY: {
    text: {
      nl: 'Er is geen btw gerekend op een levering naar {country}, maar het btw-nummer is van uw eigen land.',
      en: 'No VAT was charged on a delivery to {country}, but the VAT number is of your own country.',
    },
    cause: {
      nl: 'Een intracommunautaire levering vraagt een btw-nummer van een ander EU-land dan dat van vertrek.',
      en: 'An intra-Community supply needs a VAT number of another EU country than that of departure.',
    },
    remedy: {
      nl: 'Vraag de klant om een btw-nummer van een ander land, of breng btw in rekening.',
      en: 'Ask the customer for a VAT number of another country, or charge VAT.',
    },
  },
  VIES_NO_ANSWER: {
    text: {
      nl: 'VIES geeft nog geen antwoord over het btw-nummer ({country}).',
      en: 'VIES has not answered yet about the VAT number ({country}).',
    },
    cause: {
      nl: 'De dienst van de EU of van het land is tijdelijk niet bereikbaar. Er wordt niet gegokt.',
      en: 'The service of the EU or of the country is out of reach for now. Nothing is guessed.',
    },
    remedy: {
      nl: 'Er is niets te doen: het wordt vanzelf opnieuw gevraagd.',
      en: 'There is nothing to do: it is asked again by itself.',
    },
  },
  VIES_SILENT_TOO_LONG: {
    text: {
      nl: 'VIES antwoordt al {count} uur niet over het btw-nummer ({country}). Laatste keer geldig: {date}.',
      en: 'VIES has not answered about the VAT number ({country}) for {count} hours. Last valid: {date}.',
    },
    cause: {
      nl: 'De dienst van het land ligt langer stil dan de tijd die u bij Configuratie gaf. Er wordt niet gegokt; u beslist. Ondertussen wordt elk uur opnieuw gevraagd.',
      en: 'The service of the country has been silent for longer than the time you gave on the Configuration tab. Nothing is guessed; you decide. Meanwhile it is asked again every hour.',
    },
    remedy: {
      nl: 'Kies bij de verkoop: boeken als intracommunautaire levering omdat u voor het nummer instaat, boeken met btw, of negeren. Antwoordt VIES eerder, dan beslist dat vanzelf.',
      en: 'Choose at the sale: book it as an intra-Community supply because you vouch for the number, book it with VAT, or ignore it. If VIES answers first, that decides by itself.',
    },
  },
  VIES_REQUESTER_REFUSED: {
    text: {
      nl: 'VIES neemt uw eigen btw-nummer ({country}) niet aan.',
      en: 'VIES does not take your own VAT number ({country}).',
    },
    cause: {
      nl: 'Met uw nummer erbij geeft VIES een consultatienummer als bewijs; het nummer in de instellingen is onjuist of niet aangemeld voor handel binnen de EU.',
      en: 'Given your number, VIES adds a consultation number as proof; the number in the settings is wrong or not registered for trade inside the EU.',
    },
    remedy: {
      nl: 'Verbeter uw btw-nummer op het tabblad Configuratie. Tot dan wordt zonder uw nummer gevraagd en is er geen consultatienummer.',
      en: 'Correct your VAT number on the Configuration tab. Until then VIES is asked without your number, and there is no consultation number.',
    },
  },
  VIES_NUMBER_BLOCKED: {
    text: {
      nl: 'VIES weigert vragen over dit btw-nummer ({country}) of namens uw btw-nummer.',
      en: 'VIES refuses questions about this VAT number ({country}) or on behalf of your VAT number.',
    },
    cause: {
      nl: 'De EU heeft een van beide nummers geblokkeerd, meestal omdat er te vaak naar gevraagd is, ook door andere software.',
      en: 'The EU has blocked one of the two numbers, mostly because it was asked about too often, by other software as well.',
    },
    remedy: {
      nl: 'Kijk of een ander programma het nummer ook controleert. Er wordt later vanzelf opnieuw gevraagd; houdt het aan, vraag het dan de helpdesk van VIES.',
      en: 'See whether another program checks the number too. It is asked again by itself later; if it persists, ask the help desk of VIES.',
    },
  },
  VIES_BLOCKED: {
    text: {
      nl: 'VIES beantwoordt geen vragen van deze server meer.',
      en: 'VIES no longer answers questions from this server.',
    },
    cause: {
      nl: 'De EU heeft het internetadres van de server geblokkeerd, meestal na te veel vragen.',
      en: 'The EU has blocked the internet address of the server, mostly after too many questions.',
    },
    remedy: {
      nl: 'De beheerder vraagt de helpdesk van VIES om het adres vrij te geven. De verkopen wachten en worden later vanzelf opnieuw gecontroleerd.',
      en: 'The operator asks the help desk of VIES to release the address. The sales wait and are checked again by themselves later.',
    },
  },
  VAT_ON_EXPORT: {
    text: {
      nl: 'Op een levering naar {country}, buiten de EU, staat {vat} btw; zij wordt geboekt zoals berekend.',
      en: 'A delivery to {country}, outside the EU, carries {vat} VAT; it is booked as charged.',
    },
    cause: {
      nl: 'Uitvoer is 0 %, maar de winkel kent dit gebied niet als buiten de EU. Vermelde btw is verschuldigd.',
      en: 'Export is at 0 %, but the shop does not know this territory as outside the EU. VAT shown is VAT owed.',
    },
    remedy: {
      nl: 'Stel in de winkel 0 % in voor dit gebied. Draagt u daar zelf btw af, vul dan bij Configuratie uw registratie in dat land in.',
      en: 'Set 0 % for this territory in the shop. If you account for VAT there yourself, fill in your registration in that country on the Configuration tab.',
    },
  },
  VAT_ON_EXPORT_REFUSED: {
    text: {
      nl: 'Op een levering naar {country}, buiten de EU, staat {vat} btw.',
      en: 'A delivery to {country}, outside the EU, carries {vat} VAT.',
    },
    cause: {
      nl: 'Uitvoer is 0 %; de winkel kent dit gebied niet als buiten de EU, en bij Configuratie staat dat zulke verkopen niet worden geboekt.',
      en: 'Export is at 0 %; the shop does not know this territory as outside the EU, and the Configuration tab says that such sales are not booked.',
    },
    remedy: {
      nl: 'Stel in de winkel 0 % in voor dit gebied en verwerk opnieuw, of laat bij Configuratie zulke verkopen boeken zoals berekend.',
      en: 'Set 0 % for this territory in the shop and process again, or have such sales booked as charged on the Configuration tab.',
    },
  },
  INTRA_COMMUNITY_WITH_VAT: {
    text: {
      nl: 'De winkel noemt dit een intracommunautaire levering of verlegde btw ({country}), maar rekent {vat} btw.',
      en: 'The shop calls this an intra-Community supply or reverse charge ({country}), but charges {vat} VAT.',
    },
    cause: {
      nl: 'Een verkoop is óf zonder btw geleverd aan een ondernemer in een ander EU-land, óf met btw. De gegevens van de winkel zeggen allebei.',
      en: 'A sale is either supplied without VAT to a business in another EU country, or with VAT. The data of the shop say both.',
    },
    remedy: {
      nl: 'Kijk in de winkel wat de klant betaald heeft, herstel de bestelling of de factuur daar en verwerk opnieuw.',
      en: 'See in the shop what the customer paid, correct the order or the invoice there and process again.',
    },
  },
  ZERO_VAT_WITHOUT_REASON: {
    text: {
      nl: 'Regel {line} heeft 0 % btw zonder reden (levering naar {country}).',
      en: 'Line {line} has 0 % VAT without a reason (delivery to {country}).',
    },
    cause: {
      nl: '0 % vraagt een reden: een vrijgesteld product of nultarief, marge, cadeaubon, statiegeld of verlegde btw.',
      en: '0 % needs a reason: an exempt or zero-rated product, margin, gift card, deposit or reverse charge.',
    },
    remedy: {
      nl: 'Stel het btw-tarief van het product goed in, of merk het product bij Configuratie als vrijgesteld.',
      en: 'Set the VAT rate of the product right, or mark the product as exempt on the Configuration tab.',
    },
  },
  SHIPPING_WITHOUT_VAT: {
    text: {
      nl: 'Regel {line}, verzend- of betaalkosten, heeft 0 % btw terwijl de goederen btw hebben.',
      en: 'Line {line}, shipping or payment costs, has 0 % VAT while the goods carry VAT.',
    },
    cause: {
      nl: 'Bijkomende kosten volgen het tarief van de goederen; in de winkel staat er geen btw op.',
      en: 'Costs that come with the goods follow their rate; in the shop they have no VAT.',
    },
    remedy: {
      nl: 'Stel in de winkel btw in voor verzend- en betaalkosten en verwerk opnieuw.',
      en: 'Set VAT for shipping and payment costs in the shop and process again.',
    },
  },
  DOMESTIC_REVERSE_CHARGE_OFF: {
    text: {
      nl: 'Er is geen btw gerekend aan een ondernemer in uw eigen land.',
      en: 'No VAT was charged to a business in your own country.',
    },
    cause: {
      nl: 'Verlegde btw in het binnenland staat bij Configuratie niet aan.',
      en: 'Domestic reverse charge is not switched on on the Configuration tab.',
    },
    remedy: {
      nl: 'Zet binnenlands verleggen aan als dat op uw producten van toepassing is, of breng btw in rekening.',
      en: 'Switch domestic reverse charge on if it applies to your products, or charge VAT.',
    },
  },
  VAT_ON_SMALL_BUSINESS: {
    text: {
      nl: 'Er is {vat} btw gerekend, maar u gebruikt de kleineondernemersregeling.',
      en: '{vat} VAT was charged, but you use the small-business scheme.',
    },
    cause: {
      nl: 'Wie vrijgesteld is, mag geen btw op de factuur zetten; vermelde btw is verschuldigd.',
      en: 'Who is exempt may not put VAT on an invoice; VAT shown is VAT owed.',
    },
    remedy: {
      nl: 'Zet de btw in de winkel op 0 %, of zet de regeling uit bij Configuratie.',
      en: 'Set VAT to 0 % in the shop, or switch the scheme off on the Configuration tab.',
    },
  },
  VAT_ON_MARGIN: {
    text: {
      nl: 'Regel {line} valt onder de margeregeling maar vermeldt btw.',
      en: 'Line {line} falls under the margin scheme but states VAT.',
    },
    cause: {
      nl: 'Bij de margeregeling mag geen btw-bedrag of -tarief op de factuur staan.',
      en: 'Under the margin scheme no VAT amount or rate may be on the invoice.',
    },
    remedy: {
      nl: 'Zet het product in de winkel op 0 %, of haal de markering als margegoed weg.',
      en: 'Set the product to 0 % in the shop, or remove its marking as a margin good.',
    },
  },
  VAT_ON_UNTAXED_LINE: {
    text: {
      nl: 'Regel {line} ({marking}) hoort buiten de btw maar vermeldt btw.',
      en: 'Line {line} ({marking}) belongs outside VAT but states VAT.',
    },
    cause: {
      nl: 'Een cadeaubon voor meer doeleinden (voucher) en statiegeld (deposit) zijn onbelast bij verkoop.',
      en: 'A multi-purpose gift card (voucher) and a deposit are untaxed when sold.',
    },
    remedy: {
      nl: 'Zet de btw van dit product op 0 %, of haal de markering weg als de bon voor één tarief geldt.',
      en: 'Set the VAT of this product to 0 %, or remove the marking if the card is for a single rate.',
    },
  },
  VAT_CHARGED_TO_BUSINESS: {
    text: {
      nl: 'De klant in {country} heeft een geldig btw-nummer, maar er is btw gerekend.',
      en: 'The customer in {country} has a valid VAT number, but VAT was charged.',
    },
    cause: {
      nl: 'Het nummer is later opgegeven, of de winkel stelt niet vrij. Vermelde btw is verschuldigd, dus is geboekt wat er staat.',
      en: 'The number came later, or the shop does not exempt. VAT shown is VAT owed, so it was booked as charged.',
    },
    remedy: {
      nl: 'Er is niets te doen, tenzij de klant om een creditfactuur vraagt.',
      en: 'There is nothing to do, unless the customer asks for a credit invoice.',
    },
  },
  BUSINESS_WITHOUT_VAT_NUMBER: {
    text: {
      nl: 'De klant is een bedrijf in België, maar er is geen btw-nummer.',
      en: 'The customer is a business in Belgium, but there is no VAT number.',
    },
    cause: {
      nl: 'Een factuur tussen Belgische ondernemers moet via Peppol en heeft het nummer nodig.',
      en: 'An invoice between Belgian businesses must go through Peppol and needs the number.',
    },
    remedy: {
      nl: 'Vul het nummer aan vóór het boeken; daarna is een creditfactuur nodig.',
      en: 'Add the number before booking; afterwards it takes a credit invoice.',
    },
  },
} as const satisfies Record<string, Problem>
