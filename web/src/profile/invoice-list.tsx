import { Anchor, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { address } from '../api/client.ts'
import type { Licence } from '../api/licence-queries.ts'
import { Day } from '../parts/day.tsx'
import { Money } from '../parts/money.tsx'
import styles from './licence-panel.module.css'

interface Props {
  integrationId: string
  invoices: Licence['invoices']
}

/** Our invoices of an integration, each to be downloaded. */
export const InvoiceList = ({ integrationId, invoices }: Props) => {
  const { t } = useTranslation('licence')
  return (
    <div>
      <Title order={3}>{t('invoices.title')}</Title>
      {invoices.length === 0 ? (
        <p className={styles['quiet']}>{t('invoices.none')}</p>
      ) : (
        <ul className={styles['invoices']}>
          {invoices.map(({ id, number, credits, issuedOn, gross }) => (
            <li key={id} className={styles['invoice']}>
              <span>
                <Anchor
                  underline="always"
                  href={address('/api/integrations/:integrationId/invoices/:invoiceId.pdf', {
                    integrationId,
                    invoiceId: id,
                  })}
                  download={`${number}.pdf`}
                  aria-label={t('invoices.download', { number })}
                >
                  {number}
                </Anchor>
                {credits !== null && (
                  <span className={styles['credit']}>
                    {t('invoices.credit', { number: credits })}
                  </span>
                )}
              </span>
              <Day day={issuedOn} />
              <span className={styles['amount']}>
                <Money amount={gross} currency="EUR" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
