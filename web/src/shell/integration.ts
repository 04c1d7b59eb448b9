import { createContext, use } from 'react'
import type { Integration } from '../api/queries.ts'

/** The integration on the screen; set by the frame around the rooms. */
export const IntegrationContext = createContext<Integration | null>(null)

/** @throws outside that frame: that is a bug. */
export const useIntegration = (): Integration => {
  const integration = use(IntegrationContext)
  if (integration === null) throw new Error('no integration on this screen')
  return integration
}
