/** The rooms of an integration in the order they are shown. A later tab is a folder and a line here. */
export const tabs = [
  { name: 'report', to: '/i/$integrationId/report', counts: true },
  { name: 'errors', to: '/i/$integrationId/errors', counts: true },
  { name: 'open', to: '/i/$integrationId/open', counts: true },
  { name: 'preview', to: '/i/$integrationId/preview' },
  { name: 'reconciliation', to: '/i/$integrationId/reconciliation' },
  { name: 'migration', to: '/i/$integrationId/migration' },
  { name: 'configuration', to: '/i/$integrationId/configuration' },
  { name: 'profile', to: '/i/$integrationId/profile' },
  { name: 'support', to: '/i/$integrationId/support' },
] as const
