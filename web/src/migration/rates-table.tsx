import { useTranslation } from 'react-i18next'
import type { SurveySummary } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { exactSum } from '../parts/exact-sum.ts'
import { Money } from '../parts/money.tsx'
import { RowTable } from '../parts/row-table.tsx'

type Rate = SurveySummary['rates'][number]

interface Props {
  rates: readonly Rate[]
}

const parts = ['net', 'vat', 'gross'] as const

/** What the sales come to per VAT rate. */
export const RatesTable = ({ rates }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  const currencies = [...new Set(rates.map(({ currency }) => currency))]
  return (
    <RowTable
      caption={t('rates.caption')}
      items={rates}
      keyOf={({ currency, vatPercent }) => `${currency} ${vatPercent}`}
      columns={[
        { head: t('rates.rate'), cell: ({ vatPercent }) => format.percent(vatPercent) },
        ...parts.map((part) => ({
          head: t(`rates.${part}`),
          cell: (row: Rate) => <Money amount={row[part]} currency={row.currency} />,
          numeric: true,
        })),
      ]}
      totals={currencies.map((currency) => {
        const of = rates.filter((rate) => rate.currency === currency)
        return {
          key: currency,
          label: t('rates.total'),
          cells: parts.map((part) => (
            <Money key={part} amount={exactSum(of.map((rate) => rate[part]))} currency={currency} />
          )),
        }
      })}
      framed={false}
    />
  )
}
