import { useMutation } from '@tanstack/react-query'
import { useCallback } from 'react'
import { tellOtherTabs } from './other-tabs.ts'

export type Said<T> = { is: 'answered'; answer: T } | { is: 'failed'; error: unknown }

/**
 * Sends something that changes things, once: never repeated by itself, never kept for later when the
 * connection is gone. The outcome is a value; an expired session is dealt with in main.tsx.
 */
export const useAsk = (): (<T>(act: () => Promise<T>) => Promise<Said<T>>) => {
  const { mutateAsync } = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    retry: false,
    networkMode: 'always',
  })
  return useCallback(
    async <T>(act: () => Promise<T>): Promise<Said<T>> => {
      try {
        const answer = (await mutateAsync(act)) as T
        tellOtherTabs()
        return { is: 'answered', answer }
      } catch (error) {
        return { is: 'failed', error }
      }
    },
    [mutateAsync],
  )
}
