import { useTranslation } from 'react-i18next'
import type { Grouping, ReconciledRow } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { Day } from '../parts/day.tsx'
import { isZero } from '../parts/exact-sum.ts'
import { Money } from '../parts/money.tsx'
import own from './reconciliation.module.css'
import { RowTable, type Column } from '../parts/row-table.tsx'

const sums = ['shop', 'booked', 'refused', 'open', 'aside', 'difference'] as const

type AmountName = (typeof sums)[number]

interface Props {
  rows: readonly ReconciledRow[]
  /** All rows together, per currency, also those that are not shown. */
  totals: readonly ReconciledRow[]
  by: Grouping
  /** Whether others are on their way. */
  busy: boolean
}

const keyOf = ({ day, country, vatPercent, currency }: ReconciledRow) =>
  [day, country, vatPercent, currency].join(' ')

/** Where the sales of the shop are: booked, refused or open. Columns that are nothing but zero are left out. */
export const RowsTable = ({ rows, totals, by, busy }: Props) => {
  const { t } = useTranslation('reconciliation')
  const format = useFormat()
  const shown = sums.filter(
    (column) => column !== 'aside' || totals.some((total) => !isZero(total[column])),
  )
  const amount = (row: ReconciledRow, column: AmountName) =>
    isZero(row[column]) && column !== 'shop' ? null : (
      <span className={column === 'difference' ? own['differs'] : undefined}>
        <Money amount={row[column]} currency={row.currency} />
      </span>
    )
  const heads = [
    ...(by === 'day' || by === 'all' ? (['day'] as const) : []),
    ...(by === 'day' ? [] : (['country'] as const)),
    ...(by === 'rate' || by === 'all' ? (['rate'] as const) : []),
  ]
  const cellOf: Record<(typeof heads)[number], (row: ReconciledRow) => React.ReactNode> = {
    day: ({ day }) => <Day day={day} />,
    country: ({ country }) =>
      country?.trim() ? format.country(country) : t('rows.countryUnknown'),
    rate: ({ vatPercent }) =>
      vatPercent == null ? t('rows.rateUnknown') : format.percent(vatPercent),
  }
  const columns: Column<ReconciledRow>[] = [
    ...heads.map((head) => ({ head: t(`rows.${head}`), cell: cellOf[head] })),
    ...shown.map((column) => ({
      head: t(`rows.${column}`),
      cell: (row: ReconciledRow) => amount(row, column),
      numeric: true,
    })),
  ]
  return (
    <RowTable
      caption={t('rows.title')}
      items={rows}
      keyOf={keyOf}
      columns={columns}
      totals={totals.map((total) => ({
        key: total.currency,
        label: t('rows.total'),
        cells: [...heads.slice(1).map(() => null), ...shown.map((column) => amount(total, column))],
      }))}
      framed={false}
      busy={busy}
    />
  )
}
