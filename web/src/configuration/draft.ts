import { useState } from 'react'
import type { Configuration, Settings, VatRow, Values } from '../api/configuration.ts'
import { forget, keep, keptOr } from '../api/kept.ts'

/** What the form holds: the three parts of the configuration, and the saving they started from. */
export interface Draft {
  version: number
  settings: Settings
  webshop: Values
  accounting: Values
}

export interface DraftHandle {
  draft: Draft
  /** Whether something differs from what is saved. */
  dirty: boolean
  /** Somebody else saved since this draft was begun. */
  outdated: boolean
  change: (part: Partial<Draft>) => void
  /** Takes what is saved; what was typed is gone. */
  drop: () => void
  /** Goes on from the version that somebody else saved, with what was typed here. */
  keepMine: () => void
}

/** The rows that are obvious for a new integration: at home, and the two without VAT. */
const proposedRows = ({ vatTable, settings }: Configuration): VatRow[] =>
  (vatTable ?? [])
    .filter(({ destination }) =>
      [settings.homeCountry, 'ICP', 'INTERNATIONAL'].includes(destination),
    )
    .flatMap(({ destination, proposal }) => proposal.map((row) => ({ destination, ...row })))

const draftOf = (configuration: Configuration): Draft => {
  const { version, settings, saved, webshop, accounting } = configuration
  const isNew = !saved && settings.vatTable.length === 0
  return {
    version,
    settings: isNew ? { ...settings, vatTable: proposedRows(configuration) } : settings,
    webshop: webshop.settings,
    accounting: accounting.settings,
  }
}

const same = (one: Draft, other: Draft): boolean =>
  JSON.stringify({ ...one, version: 0 }) === JSON.stringify({ ...other, version: 0 })

/** The form over what is saved. @param key names the person and the integration; see api/kept.ts */
export const useDraft = (key: string, configuration: Configuration): DraftHandle => {
  const stored = draftOf(configuration)
  const [edited, setEdited] = useState(() => keptOr<Draft | undefined>(key, undefined))
  const dirty = edited !== undefined && !same(edited, stored)
  const draft = dirty ? edited : stored
  const put = (next: Draft) => {
    keep(key, next)
    setEdited(next)
  }
  return {
    draft,
    dirty,
    outdated: dirty && edited.version !== stored.version,
    change: (part) => put({ ...draft, ...part }),
    drop: () => {
      forget(key)
      setEdited(undefined)
    },
    keepMine: () => put({ ...draft, version: stored.version }),
  }
}
