import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import styles from './figure-table.module.css'
import type { ReadFigures } from './read-figures.tsx'

interface Props {
  figures: ReadFigures
}

/** Net, VAT and gross per rate, as they would stand on the invoice, and the total of the shop. */
export const FigureRates = ({ figures: { rates, total, currency } }: Props) => {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const number = styles['number']
  return (
    <div className={styles['scroller']} tabIndex={0} role="region" aria-label={t('figures.rates')}>
      <table className={styles['table']}>
        <caption>{t('figures.rates')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('figures.rate')}</th>
            <th scope="col" className={number}>
              {t('figures.net')}
            </th>
            <th scope="col" className={number}>
              {t('figures.vatAmount')}
            </th>
            <th scope="col" className={number}>
              {t('figures.gross')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rates.map((rate) => (
            <tr key={rate.vatPercent}>
              <th scope="row">{format.percent(rate.vatPercent)}</th>
              <td className={number}>{format.money(rate.net, currency)}</td>
              <td className={number}>{format.money(rate.vat, currency)}</td>
              <td className={number}>{format.money(rate.gross, currency)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colSpan={3}>
              {t('figures.total')}
            </th>
            <td className={number}>{format.money(total, currency)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  )
}
