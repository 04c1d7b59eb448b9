import type { IntegrationSettings } from '../../merchants/integration-settings.ts'
import { readIntegrationSettings, vatTableOf } from '../../merchants/integration-settings.ts'
import type { VatTable } from '../../connectors/vat-table.ts'
import { RemoteMistake, variableOf } from './remote.ts'

type Environment = Readonly<Record<string, string | undefined>>

/**
 * The rows of the VAT table of a system with codes, as JSON in the environment: what a merchant fills in.
 * @throws RemoteMistake
 */
export const vatRowsFrom = (system: string, env: Environment): IntegrationSettings['vatTable'] => {
  const name = variableOf(system, 'vatTable')
  const text = env[name]
  if (text === undefined || text === '') return []
  try {
    return readIntegrationSettings({ vatTable: JSON.parse(text) as unknown }).vatTable
  } catch {
    throw new RemoteMistake(
      `${name} is no list of {"destination":"NL","percent":"21","vatCode":"…","ledgers":{…}}`,
    )
  }
}

/** The same, as connectors take it. @throws RemoteMistake */
export const vatTableFrom = (system: string, env: Environment): VatTable =>
  vatTableOf(readIntegrationSettings({ vatTable: vatRowsFrom(system, env) }))
