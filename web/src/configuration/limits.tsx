import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Configuration } from '../api/configuration.ts'
import { Section } from '../parts/section.tsx'
import styles from './configuration.module.css'

type Limit =
  'noWebhooks' | 'noCredits' | 'booksNoCredits' | 'noCodes' | 'oneCurrency' | 'wholeWindow'

/** What a pair can't do, from what each connector says of itself. */
const limitsOf = ({ webshop, accounting }: Configuration): Limit[] => {
  const shop = webshop.system.capabilities
  const books = accounting.system.capabilities
  const documents = Array.isArray(shop['documents']) ? shop['documents'] : []
  const all: [Limit, boolean][] = [
    ['noWebhooks', shop['webhooks'] === false],
    ['wholeWindow', shop['changedSince'] === false],
    ['noCredits', !documents.includes('credit')],
    ['booksNoCredits', documents.includes('credit') && books['creditInvoices'] === false],
    ['noCodes', books['vatCodes'] === false],
    ['oneCurrency', Array.isArray(books['currencies'])],
  ]
  return all.filter(([, holds]) => holds).map(([limit]) => limit)
}

interface Props {
  configuration: Configuration
}

/** Said before it disappoints: what these two systems together can't do. */
export const Limits = ({ configuration }: Props) => {
  const { t } = useTranslation('configuration')
  const limits = limitsOf(configuration)
  if (limits.length === 0) return null
  const shop = configuration.webshop.system.title
  const books = configuration.accounting.system.title
  const { currencies } = configuration.accounting.system.capabilities
  const words = { shop, books, currencies: Array.isArray(currencies) ? currencies.join(', ') : '' }
  return (
    <Section title={t('limits.title')} intro={t('limits.intro')}>
      <ul className={styles['limits']}>
        {limits.map((limit) => (
          <li key={limit}>
            <IconInfoCircle size={18} aria-hidden />
            {t(`limits.${limit}`, words)}
          </li>
        ))}
      </ul>
    </Section>
  )
}
