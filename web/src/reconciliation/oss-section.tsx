import { Button, NativeSelect } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { address } from '../api/client.ts'
import { ossQuery, type OssSheet } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { exactSum } from '../parts/exact-sum.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { Money } from '../parts/money.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import card from '../survey/card.module.css'
import { quartersOf } from '../survey/days.ts'
import own from './reconciliation.module.css'
import { RowTable } from '../parts/row-table.tsx'

type Row = OssSheet['rows'][number]

const amounts = ['net', 'vat'] as const

/** The sheet for the one-stop shop: from what was really booked in a quarter. */
export const OssSection = () => {
  const { t } = useTranslation('reconciliation')
  const format = useFormat()
  const { id } = useIntegration()
  const quarters = quartersOf(new Date())
  const [quarter, setQuarter] = useState(quarters[0] ?? '')
  const query = useQuery(ossQuery(id, quarter))
  const { data } = query
  const currency = data?.rows[0]?.currency ?? 'EUR'
  return (
    <section className={`${panel['panel'] ?? ''} ${card['card'] ?? ''}`}>
      <div className={own['tools']}>
        <div>
          <h2>{t('oss.title')}</h2>
          <span className={card['note']}>{t('oss.text')}</span>
        </div>
        <div className={`${card['tools'] ?? ''} ${own['screenOnly'] ?? ''}`}>
          <NativeSelect
            aria-label={t('oss.quarter')}
            value={quarter}
            data={quarters.map((each) => ({
              value: each,
              label: t('oss.name', { year: each.slice(0, 4), number: each.slice(6) }),
            }))}
            onChange={(event) => setQuarter(event.currentTarget.value)}
          />
          {data && data.rows.length > 0 && (
            <Button
              component="a"
              href={address(
                '/api/integrations/:integrationId/oss.csv',
                { integrationId: id },
                { quarter },
              )}
              download
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
            >
              {t('csv')}
            </Button>
          )}
        </div>
      </div>
      <QueryFailure query={query} />
      {query.isPending && <ListLoading rows={3} />}
      {data && data.unknown > 0 && (
        <p className={card['intro']}>{t('oss.unknown', { count: data.unknown })}</p>
      )}
      {data?.rows.length === 0 && <p className={card['note']}>{t('oss.none')}</p>}
      {data && data.rows.length > 0 && (
        <RowTable
          caption={t('oss.title')}
          items={data.rows}
          keyOf={(row) => `${row.country} ${row.vatPercent} ${row.currency}`}
          columns={[
            {
              head: t('rows.country'),
              cell: (row) => (
                <>
                  {format.country(row.country)} {format.percent(row.vatPercent)}
                </>
              ),
            },
            { head: t('oss.sales'), cell: ({ sales }) => format.count(sales), numeric: true },
            ...amounts.map((amount) => ({
              head: t(`oss.${amount}`),
              cell: (row: Row) => <Money amount={row[amount]} currency={row.currency} />,
              numeric: true,
            })),
          ]}
          totals={[
            {
              key: currency,
              label: t('rows.total'),
              cells: [
                null,
                ...amounts.map((amount) => (
                  <Money
                    key={amount}
                    amount={exactSum(data.rows.map((row) => row[amount]))}
                    currency={currency}
                  />
                )),
              ],
            },
          ]}
          framed={false}
        />
      )}
    </section>
  )
}
