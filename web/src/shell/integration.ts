import { createContext, use } from 'react'
import type { Integration } from '../api/queries.ts'

export interface CurrentIntegration extends Integration {
  /** An accountant's seat looks and changes nothing. */
  mayChange: boolean
}

/** The integration on the screen; set by the frame around the rooms. */
export const IntegrationContext = createContext<CurrentIntegration | null>(null)

/** @throws outside that frame: that is a bug. */
export const useIntegration = (): CurrentIntegration => {
  const integration = use(IntegrationContext)
  if (integration === null) throw new Error('no integration on this screen')
  return integration
}
