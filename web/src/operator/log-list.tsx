import { useTranslation } from 'react-i18next'
import { Moment } from '../parts/moment.tsx'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { IntegrationName } from './integration-name.tsx'
import type { LogLine } from './operator-queries.ts'

interface Props {
  lines: readonly LogLine[]
  /** Whether each names its integration; not on that integration's own page. */
  withName?: boolean
}

const paramsInWords = (params: LogLine['params']): string =>
  Object.entries(params)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')

/** What operators did: when, who, what, and why. */
export const LogList = ({ lines, withName = false }: Props) => {
  const { t } = useTranslation('operator')
  const columns: Column<LogLine>[] = [
    { head: t('log.when'), cell: ({ at }) => <Moment at={at} /> },
    { head: t('log.who'), cell: ({ operator }) => operator },
    {
      head: t('log.what'),
      cell: ({ deed, params }) =>
        [t(`deed.${deed as 'view-begun'}`, { defaultValue: deed }), paramsInWords(params)]
          .filter((each) => each !== '')
          .join(' · '),
    },
    { head: t('log.why'), cell: ({ reason }) => (reason === '' ? '–' : reason) },
  ]
  if (withName) {
    columns.splice(2, 0, {
      head: t('health.integration'),
      cell: ({ integration }) =>
        integration ? <IntegrationName integration={integration} /> : '–',
    })
  }
  return (
    <RowTable caption={t('log.title')} items={lines} keyOf={({ id }) => id} columns={columns} />
  )
}
