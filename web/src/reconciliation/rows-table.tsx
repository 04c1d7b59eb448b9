import { useTranslation } from 'react-i18next'
import type { ReconciledRow } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import styles from '../parts/booking-table.module.css'
import { Day } from '../parts/day.tsx'
import { isZero } from '../parts/exact-sum.ts'
import { Money } from '../parts/money.tsx'
import {
  groupRows,
  totalsOf,
  type AmountName,
  type Grouping,
  type GroupedRow,
} from './group-rows.ts'
import own from './reconciliation.module.css'
import { WideTable } from '../parts/wide-table.tsx'

const columns = ['shop', 'booked', 'refused', 'open', 'aside', 'difference'] as const

interface Props {
  rows: readonly ReconciledRow[]
  grouping: Grouping
}

/** Where the sales of the shop are: booked, refused or open. Columns that are nothing but zero are left out. */
export const RowsTable = ({ rows, grouping }: Props) => {
  const { t } = useTranslation('reconciliation')
  const format = useFormat()
  const grouped = groupRows(rows, grouping)
  const totals = totalsOf(rows)
  const shown = columns.filter(
    (column) => column !== 'aside' || totals.some((total) => !isZero(total[column])),
  )
  const amounts = (row: GroupedRow) =>
    shown.map((column: AmountName) => (
      <td
        key={column}
        className={`${styles['number'] ?? ''} ${
          column === 'difference' && !isZero(row[column]) ? (own['differs'] ?? '') : ''
        }`}
      >
        {isZero(row[column]) && column !== 'shop' ? (
          <span className={styles['dimmed']}>–</span>
        ) : (
          <Money amount={row[column]} currency={row.currency} />
        )}
      </td>
    ))
  const heads = [
    ...(grouping === 'day' || grouping === 'all' ? (['day'] as const) : []),
    ...(grouping === 'day' ? [] : (['country'] as const)),
    ...(grouping === 'rate' || grouping === 'all' ? (['rate'] as const) : []),
  ]
  const cellOf: Record<(typeof heads)[number], (row: GroupedRow) => React.ReactNode> = {
    day: ({ day }) => <Day day={day} />,
    country: ({ country }) =>
      country?.trim() ? format.country(country) : t('rows.countryUnknown'),
    rate: ({ vatPercent }) =>
      vatPercent == null ? t('rows.rateUnknown') : format.percent(vatPercent),
  }
  return (
    <WideTable caption={t('rows.title')}>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {t(`rows.${head}`)}
            </th>
          ))}
          {shown.map((column) => (
            <th key={column} scope="col" className={styles['number']}>
              {t(`rows.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {grouped.map((row) => (
          <tr key={row.key}>
            {heads.map((head, index) =>
              index === 0 ? (
                <th key={head} scope="row" className={styles['nowrap']}>
                  {cellOf[head](row)}
                </th>
              ) : (
                <td key={head} className={styles['nowrap']}>
                  {cellOf[head](row)}
                </td>
              ),
            )}
            {amounts(row)}
          </tr>
        ))}
      </tbody>
      <tfoot>
        {totals.map((total) => (
          <tr key={total.key} className={own['total']}>
            <th scope="row" colSpan={heads.length}>
              {t('rows.total')}
            </th>
            {amounts(total)}
          </tr>
        ))}
      </tfoot>
    </WideTable>
  )
}
