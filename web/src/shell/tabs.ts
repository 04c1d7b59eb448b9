import type { Tab } from '../api/queries.ts'

/** The rooms of an integration in the order they are shown. A later tab is a folder and a line here. */
export const tabs = [
  { name: 'report', to: '/i/$integrationId/report' },
  { name: 'errors', to: '/i/$integrationId/errors' },
  { name: 'open', to: '/i/$integrationId/open' },
] as const satisfies readonly { name: Tab; to: string }[]
