import { useTranslation } from 'react-i18next'
import type { ReconciledRow } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
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
import { RowTable, type Column } from '../parts/row-table.tsx'

const sums = ['shop', 'booked', 'refused', 'open', 'aside', 'difference'] as const

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
  const shown = sums.filter(
    (column) => column !== 'aside' || totals.some((total) => !isZero(total[column])),
  )
  const amount = (row: GroupedRow, column: AmountName) =>
    isZero(row[column]) && column !== 'shop' ? null : (
      <span className={column === 'difference' ? own['differs'] : undefined}>
        <Money amount={row[column]} currency={row.currency} />
      </span>
    )
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
  const columns: Column<GroupedRow>[] = [
    ...heads.map((head) => ({ head: t(`rows.${head}`), cell: cellOf[head] })),
    ...shown.map((column) => ({
      head: t(`rows.${column}`),
      cell: (row: GroupedRow) => amount(row, column),
      numeric: true,
    })),
  ]
  return (
    <RowTable
      caption={t('rows.title')}
      items={grouped}
      keyOf={({ key }) => key}
      columns={columns}
      totals={totals.map((total) => ({
        key: total.key,
        label: t('rows.total'),
        cells: [...heads.slice(1).map(() => null), ...shown.map((column) => amount(total, column))],
      }))}
      framed={false}
    />
  )
}
