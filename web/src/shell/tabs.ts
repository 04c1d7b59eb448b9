/** The rooms of an integration in the order they are shown. A later tab is a folder and a line here. */
export const tabs = [
  { name: 'report', to: '/i/$integrationId/report' },
  { name: 'errors', to: '/i/$integrationId/errors' },
  { name: 'open', to: '/i/$integrationId/open' },
  { name: 'reconciliation', to: '/i/$integrationId/reconciliation' },
  { name: 'migration', to: '/i/$integrationId/migration' },
  { name: 'support', to: '/i/$integrationId/support' },
] as const satisfies readonly { name: string; to: string }[]
