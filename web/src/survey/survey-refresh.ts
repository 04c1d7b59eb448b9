import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { liveKey } from '../api/queries.ts'
import { reconciliationKey } from '../api/survey-queries.ts'
import { useIntegration } from '../shell/integration.ts'

/** Asks anew for everything of the integration, after somebody changed something. */
export const useSurveyRefresh = (): (() => Promise<void>) => {
  const { id } = useIntegration()
  const queries = useQueryClient()
  return useCallback(async () => {
    const keys = [liveKey(id), reconciliationKey(id)]
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })))
  }, [id, queries])
}
