import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import { call, type Answer } from '../api/client.ts'
import type { Finding, Side, Values } from '../api/configuration.ts'
import { useLanguage } from '../i18n/language.ts'

type Looked = Answer<'POST /api/integrations/:integrationId/connections/:side/check'>

export interface Connecting {
  busy: 'connect' | 'check' | 'choose' | null
  findings: readonly Finding[]
  failure: unknown
  /** Resolve to whether the doctor found nothing wrong. */
  connect: (values: Values) => Promise<boolean>
  check: () => Promise<boolean>
  /** Saves some settings of this end, and lets the doctor look with them. */
  choose: (values: Values) => Promise<boolean>
  refresh: () => Promise<void>
}

const healthy = ({ findings }: Looked): boolean => findings.every(({ problem }) => problem === null)

/** What can be done to one end of an integration; a second click while one is under way does nothing. */
export const useConnect = (integrationId: string, side: Side): Connecting => {
  const ask = useAsk()
  const queries = useQueryClient()
  const language = useLanguage()
  const [busy, setBusy] = useState<Connecting['busy']>(null)
  const [findings, setFindings] = useState<readonly Finding[]>([])
  const [failure, setFailure] = useState<unknown>()
  const params = { integrationId, side }
  const query = { language }

  const refresh = async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['configuration', integrationId] }),
      queries.invalidateQueries({ queryKey: ['me'] }),
    ])
  }
  const run = async (what: NonNullable<Connecting['busy']>, act: () => Promise<Looked>) => {
    if (busy !== null) return false
    setBusy(what)
    setFailure(undefined)
    const said = await ask(act)
    if (said.is === 'failed') setFailure(said.error)
    else setFindings(said.answer.findings)
    await refresh()
    setBusy(null)
    return said.is === 'answered' && healthy(said.answer)
  }
  const look = () =>
    call('POST /api/integrations/:integrationId/connections/:side/check', {
      params,
      query,
      body: { refresh: true },
    })
  return {
    busy,
    findings,
    failure,
    refresh,
    connect: (values) =>
      run('connect', () =>
        call('PUT /api/integrations/:integrationId/connections/:side/credentials', {
          params,
          query,
          body: { values },
        }),
      ),
    check: () => run('check', look),
    choose: (values) =>
      run('choose', async () => {
        await call('PUT /api/integrations/:integrationId/connections/:side/settings', {
          params,
          body: { values },
        })
        return look()
      }),
  }
}
