import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { Failure, isChanged } from '../api/failure.ts'
import type { Configuration } from '../api/configuration.ts'
import type { DraftHandle } from './draft.ts'
import { halfDays, mistakesIn, type Mistakes } from './field-mistake.ts'
import { isHoldTime } from './hold-hours.tsx'

export interface FormMistakes {
  settings: Mistakes
  webshop: Mistakes
  accounting: Mistakes
}

const none: FormMistakes = { settings: {}, webshop: {}, accounting: {} }

const count = (mistakes: FormMistakes): number =>
  [mistakes.settings, mistakes.webshop, mistakes.accounting].flatMap((part) => Object.keys(part))
    .length

/** A reference has to lead back to the sale, and a sale waits for a time that is one. */
const ownMistakes = ({ settings }: DraftHandle['draft']): Mistakes => ({
  ...(!/^[^{}]*\{number\}[^{}]*$/.test(settings.referenceTemplate) && {
    referenceTemplate: 'pattern',
  }),
  ...(!isHoldTime(settings.viesHoldHours) && { viesHoldHours: 'number' }),
})

/** A field that only the server refuses, from `accounting.priceDecimalsMax`. */
const refusedIn = (failure: Failure): FormMistakes => {
  const [part = '', name = ''] = String(failure.params['field'] ?? '').split('.')
  return part in none ? { ...none, [part]: { [name]: 'refused' } } : none
}

/** Shows the first field that is wrong, wherever it stands. */
const showFirst = () =>
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('[aria-invalid=true]')?.focus()
  })

export interface Saving {
  mistakes: FormMistakes
  busy: boolean
  failure: unknown
  /** Resolves to whether the integration books now; null when nothing was saved. */
  save: () => Promise<{ active: boolean } | null>
}

/** Saves the whole form once, however often somebody clicks. */
export const useSaving = (
  integrationId: string,
  configuration: Configuration,
  { draft, drop }: DraftHandle,
): Saving => {
  const ask = useAsk()
  const queries = useQueryClient()
  const [mistakes, setMistakes] = useState(none)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  const mistakesOf = (side: 'webshop' | 'accounting'): Mistakes => {
    const { settings } = configuration[side].system
    return { ...mistakesIn(settings, draft[side]), ...halfDays(settings) }
  }

  const save = async () => {
    if (busy) return null
    const found: FormMistakes = {
      settings: ownMistakes(draft),
      webshop: mistakesOf('webshop'),
      accounting: mistakesOf('accounting'),
    }
    setMistakes(found)
    setFailure(undefined)
    if (count(found) > 0) {
      showFirst()
      return null
    }
    setBusy(true)
    const said = await ask(() =>
      call('PUT /api/integrations/:integrationId/configuration', {
        params: { integrationId },
        body: draft,
      }),
    )
    if (said.is === 'failed') {
      setBusy(false)
      setFailure(said.error)
      if (said.error instanceof Failure && said.error.code === 'INPUT_INVALID') {
        setMistakes(refusedIn(said.error))
        showFirst()
      }
      if (isChanged(said.error)) {
        await queries.invalidateQueries({ queryKey: ['configuration', integrationId] })
      }
      return null
    }
    await queries.invalidateQueries({ queryKey: ['configuration', integrationId] })
    await queries.invalidateQueries({ queryKey: ['me'] })
    drop()
    setBusy(false)
    return { active: said.answer.active }
  }
  return { mistakes, busy, failure, save }
}
