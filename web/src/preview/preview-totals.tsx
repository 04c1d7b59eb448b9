import { useTranslation } from 'react-i18next'
import type { Shown } from '../api/configuration.ts'
import { useFormat } from '../i18n/format.ts'
import { useIntegration } from '../shell/integration.ts'
import styles from './preview.module.css'

interface Props {
  shown: Shown
}

/** What it comes to per rate and in all, in the shop and in the bookkeeping. */
export const PreviewTotals = ({ shown: { draft, sale } }: Props) => {
  const { t } = useTranslation('preview')
  const format = useFormat()
  const { accounting, webshop } = useIntegration()
  const money = (amount: string) => format.money(amount, sale.currency)
  return (
    <dl className={styles['totals']}>
      {draft?.rates.map(({ vatPercent, net, vat }) => (
        <div key={vatPercent}>
          <dt>{t('rate', { percent: format.percent(vatPercent), net: money(net) })}</dt>
          <dd>{money(vat)}</dd>
        </div>
      ))}
      {draft && (
        <div>
          <dt>{t('net')}</dt>
          <dd>{money(draft.totals.net)}</dd>
        </div>
      )}
      <div className={styles['grand']}>
        <dt>{t('total')}</dt>
        <dd>{money(draft?.totals.gross ?? sale.total)}</dd>
      </div>
      <div className={styles['quiet']}>
        <dt>{t('totalIn', { system: webshop.title })}</dt>
        <dd>{money(sale.total)}</dd>
      </div>
      {draft?.booksTotal != null && (
        <div className={styles['quiet']}>
          <dt>{t('totalIn', { system: accounting.title })}</dt>
          <dd>{money(draft.booksTotal)}</dd>
        </div>
      )}
    </dl>
  )
}
