import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { useAsk } from '../api/ask.ts'
import { tellFailure } from '../booking/tell.ts'
import { consoleKey } from './operator-queries.ts'

export interface Deeds {
  /** @returns the failure, for a dialog to show; undefined when it worked */
  attempt: (act: () => Promise<unknown>) => Promise<unknown>
  /** Shows a failure in passing. @returns whether it worked */
  act: (act: () => Promise<unknown>) => Promise<boolean>
}

/** Does something in the console, once, and brings everything shown up to date. */
export const useDeed = (): Deeds => {
  const queries = useQueryClient()
  const ask = useAsk()
  const attempt = useCallback(
    async (deed: () => Promise<unknown>): Promise<unknown> => {
      const said = await ask(deed)
      await queries.invalidateQueries({ queryKey: consoleKey })
      return said.is === 'failed' ? said.error : undefined
    },
    [ask, queries],
  )
  const act = useCallback(
    async (deed: () => Promise<unknown>): Promise<boolean> => {
      const failed = await attempt(deed)
      if (failed !== undefined) tellFailure(failed)
      return failed === undefined
    },
    [attempt],
  )
  return { attempt, act }
}
