import { useTranslation } from 'react-i18next'
import type { Price } from '../api/licence-queries.ts'
import { useFormat } from '../i18n/format.ts'
import styles from './price-table.module.css'

interface Props {
  /** What it is for. */
  what: string
  price: Price
}

/** A price with its VAT, and why the VAT is what it is where that is not plain. */
export const PriceTable = ({ what, price }: Props) => {
  const { t } = useTranslation('licence')
  const format = useFormat()
  const money = (amount: string) => format.money(amount, 'EUR')
  return (
    <>
      <dl className={styles['prices']}>
        <dt>{what}</dt>
        <dd>{money(price.net)}</dd>
        <dt>{t('vat', { percent: format.percent(price.vatPercent) })}</dt>
        <dd>{money(price.vat)}</dd>
        <dt className={styles['total']}>{t('total')}</dt>
        <dd className={styles['total']}>{money(price.gross)}</dd>
      </dl>
      {price.vatTreatment !== 'domestic' && (
        <p className={styles['note']}>{t(`treatment.${price.vatTreatment}`)}</p>
      )}
    </>
  )
}
