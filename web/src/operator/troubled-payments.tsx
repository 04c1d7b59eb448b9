import { Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useLanguage } from '../i18n/language.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import { Moment } from '../parts/moment.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { troubledQuery, type TroubledPayment } from './billing-queries.ts'
import { RowTable, type Column } from '../parts/row-table.tsx'
import { Euros } from './euros.tsx'
import { IntegrationName } from './integration-name.tsx'

/** Payments that were charged back, paid twice or too late: what is wrong, and what to do. Nothing when none is. */
export const TroubledPayments = () => {
  const { t } = useTranslation('operator')
  const query = useQuery(troubledQuery(useLanguage()))
  const columns = useTroubleColumns()
  const payments = query.data ?? []
  if (query.error) return <QueryFailure query={query} />
  if (payments.length === 0) return null
  return (
    <section>
      <Title order={2} mb="xs">
        {t('troubled.title')}
      </Title>
      <RowTable
        caption={t('troubled.title')}
        items={payments}
        keyOf={({ id }) => id}
        columns={columns}
      />
    </section>
  )
}

const useTroubleColumns = (): Column<TroubledPayment>[] => {
  const { t } = useTranslation('operator')
  return [
    {
      head: t('health.integration'),
      cell: ({ integration }) => <IntegrationName integration={integration} />,
    },
    {
      head: t('troubled.what'),
      prose: true,
      cell: ({ problem }) => (
        <>
          {problem.text} {problem.remedy} <CodeMark code={problem.code} />
        </>
      ),
    },
    { head: t('troubled.gross'), numeric: true, cell: (each) => <Euros cents={each.grossCents} /> },
    { head: t('troubled.kept'), numeric: true, cell: (each) => <Euros cents={each.keptCents} /> },
    { head: t('troubled.since'), cell: ({ changedAt }) => <Moment at={changedAt} /> },
    // What Mollie collected is given back at Mollie, by this name; we hear of it.
    {
      head: t('troubled.remote'),
      cell: ({ remoteId }) => (remoteId === null ? '–' : <code>{remoteId}</code>),
    },
  ]
}
