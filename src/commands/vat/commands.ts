import type { Command } from './answer.ts'
import { vatInferCommand } from './infer.ts'
import { vatNumberCommand } from './number.ts'
import { vatRatesCommand } from './rates.ts'
import { vatTerritoryCommand } from './territory.ts'

/** What `doorvoer vat` can be asked. */
export const vatCommands: Readonly<Record<string, Command>> = {
  number: vatNumberCommand,
  rates: vatRatesCommand,
  territory: vatTerritoryCommand,
  infer: vatInferCommand,
}
