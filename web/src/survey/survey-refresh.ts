import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { liveKey } from '../api/queries.ts'
import { useIntegration } from '../shell/integration.ts'

/** Asks anew for everything of the integration, after somebody changed something. */
export const useSurveyRefresh = (): (() => Promise<void>) => {
  const { id } = useIntegration()
  const queries = useQueryClient()
  return useCallback(() => queries.invalidateQueries({ queryKey: liveKey(id) }), [id, queries])
}
