import { list, text, type Article } from '../article.ts'

export const accountArticles: readonly Article[] = [
  {
    slug: 'what-doorvoer-does-not-do',
    group: 'account',
    title: {
      nl: 'Kan Doorvoer ook voorraad of producten gelijk houden?',
      en: 'Can Doorvoer keep stock or products in step too?',
    },
    summary: {
      nl: 'Nee: Doorvoer is een financiële koppeling en leest in de winkel alleen.',
      en: 'No: Doorvoer is a financial integration, and only reads in the shop.',
    },
    body: [
      list(
        ['Geen voorraad, pakbonnen of verzending.', 'No stock, packing slips or shipping.'],
        ['Geen wijzigingen in de winkel.', 'No changes in the shop.'],
        [
          'Geen wijzigingen aan klanten die u al hebt.',
          'No changes to customers you already have.',
        ],
        [
          'Geen geld: betalingen lopen niet via Doorvoer.',
          'No money: payments do not run through Doorvoer.',
        ],
        [
          'Geen vervanging van uw accountant, maar wel een plek voor hem om mee te kijken.',
          'No replacement of your accountant, but a seat to look along.',
        ],
      ),
    ],
    codes: ['READ_ONLY_SEAT'],
  },
  {
    slug: 'what-is-stored',
    group: 'account',
    title: {
      nl: 'Wat bewaart Doorvoer van mijn klanten?',
      en: 'What does Doorvoer store of my customers?',
    },
    summary: {
      nl: 'Geen namen, adressen, e-mailadressen of bestelregels.',
      en: 'No names, addresses, e-mail addresses or order lines.',
    },
    body: [
      text(
        'Van elke verkoop blijven nummer, datum, status, bedragen en codes bewaard, en het bewijs van VIES zonder het nummer zelf. Alles wat u daarnaast onder Meer info ziet, wordt op dat moment uit de winkel gelezen. Sleutels staan versleuteld opgeslagen.',
        'Of every sale the number, date, status, amounts and codes are kept, and the proof of VIES without the number itself. Everything else you see under More info is read from the shop at that moment. Keys are stored encrypted.',
      ),
    ],
    codes: [],
  },
  {
    slug: 'putting-a-sale-right',
    group: 'account',
    title: { nl: 'Verwerken, negeren, Nu controleren', en: 'Process, ignore, Check now' },
    summary: {
      nl: 'Drie knoppen voor wat nog niet geboekt is; geen van drie boekt dubbel.',
      en: 'Three buttons for what is not booked yet; none of them books twice.',
    },
    body: [
      list(
        [
          'Verwerken leest de verkoop opnieuw uit de winkel en begint vooraan: voor na een herstel.',
          'Process reads the sale from the shop again and starts from the beginning: for after a correction.',
        ],
        [
          'Nu controleren doet hetzelfde met wat wacht, zonder de volgende poging af te wachten.',
          'Check now does the same with what waits, without waiting for the next attempt.',
        ],
        [
          'Negeren legt een verkoop opzij die u met de hand hebt geboekt of niet wilt boeken. Later alsnog verwerken kan.',
          'Ignore puts a sale aside that you booked by hand or do not want booked. You can still process it later.',
        ],
      ),
      text(
        'Staat erbij dat de fout bij Doorvoer ligt, dan kunt u niets verkeerd doen: de beheerder is al op de hoogte.',
        'When it says that the fault is with Doorvoer, there is nothing you can do wrong: the operator knows already.',
      ),
    ],
    codes: ['IGNORED', 'INTERNAL_FAULT', 'FAULT_IN_DOORVOER', 'CONFLICT'],
  },
]
