import { useTranslation } from 'react-i18next'
import type { SurveySummary } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import styles from '../parts/booking-table.module.css'
import { exactSum } from '../parts/exact-sum.ts'
import { Money } from '../parts/money.tsx'
import { WideTable } from '../parts/wide-table.tsx'

interface Props {
  rates: SurveySummary['rates']
}

/** What the sales come to per VAT rate. */
export const RatesTable = ({ rates }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  const currencies = [...new Set(rates.map(({ currency }) => currency))]
  return (
    <WideTable caption={t('rates.caption')}>
      <thead>
        <tr>
          <th scope="col">{t('rates.rate')}</th>
          <th scope="col" className={styles['number']}>
            {t('rates.net')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('rates.vat')}
          </th>
          <th scope="col" className={styles['number']}>
            {t('rates.gross')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rates.map(({ currency, vatPercent, net, vat, gross }) => (
          <tr key={`${currency} ${vatPercent}`}>
            <th scope="row">{format.percent(vatPercent)}</th>
            <td className={styles['number']}>
              <Money amount={net} currency={currency} />
            </td>
            <td className={styles['number']}>
              <Money amount={vat} currency={currency} />
            </td>
            <td className={styles['number']}>
              <Money amount={gross} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {currencies.map((currency) => {
          const of = rates.filter((rate) => rate.currency === currency)
          return (
            <tr key={currency}>
              <th scope="row">{t('rates.total')}</th>
              {(['net', 'vat', 'gross'] as const).map((part) => (
                <td key={part} className={styles['number']}>
                  <strong>
                    <Money amount={exactSum(of.map((rate) => rate[part]))} currency={currency} />
                  </strong>
                </td>
              ))}
            </tr>
          )
        })}
      </tfoot>
    </WideTable>
  )
}
