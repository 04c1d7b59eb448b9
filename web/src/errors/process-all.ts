import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { bookingsQuery, type Booking, type Narrowing } from '../api/queries.ts'
import { useDeeds } from '../booking/deeds.ts'
import { useLanguage } from '../i18n/language.ts'
import { useIntegration } from '../shell/integration.ts'

/** As many as one request may name. */
const pagesMax = 10

/**
 * Processes all sales of one cause. With a period chosen, only those of the period: they are collected
 * first and named one by one, because the interface takes a cause only as a whole.
 */
export const useProcessAll = (code: string, period: Pick<Narrowing, 'from' | 'until'>) => {
  const { id } = useIntegration()
  const deeds = useDeeds(id)
  const queries = useQueryClient()
  const language = useLanguage()
  const [collecting, setCollecting] = useState(false)
  const isWhole = period.from === undefined && period.until === undefined

  const collect = async (): Promise<Booking[]> => {
    const found = await queries.infiniteQuery({
      ...bookingsQuery(id, language, 'errors', { code, ...period }),
      pages: pagesMax,
      staleTime: 0,
    })
    return found.pages.flatMap((page) => page.items)
  }

  const processAll = () => {
    if (isWhole) {
      deeds.processCause(code)
      return
    }
    setCollecting(true)
    void collect()
      .then(deeds.process)
      .finally(() => setCollecting(false))
  }

  return { processAll, collecting }
}
