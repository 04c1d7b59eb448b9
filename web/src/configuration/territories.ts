/** The countries whose rates may have to be told apart: those of the EU (src/vat/territory.ts). */
export const territories: readonly string[] =
  'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ')
