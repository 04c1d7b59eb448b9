import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Choices } from '../api/configuration.ts'
import { Section } from '../parts/section.tsx'
import styles from './configuration.module.css'
import type { PartProps } from './part.ts'

interface Props extends PartProps {
  choices: Choices
  system: string
}

/** Payment methods of the shop, each with the fixed debtor its sales are booked on. */
export const PaymentSection = ({ settings, disabled, onChange, choices, system }: Props) => {
  const { t } = useTranslation('configuration')
  const offered = choices['paymentMethods'] ?? []
  const gone = Object.keys(settings.fixedDebtors)
    .filter((id) => !offered.some(({ value }) => value === id))
    .map((value) => ({ value, label: value }))
  const methods = [...offered, ...gone]
  const link = (method: string, debtor: string) => {
    const { [method]: _old, ...others } = settings.fixedDebtors
    onChange({ fixedDebtors: debtor.trim() === '' ? others : { ...others, [method]: debtor } })
  }
  return (
    <Section title={t('payment.title')} intro={t('payment.intro', { system })}>
      {methods.length === 0 ? (
        <p className={styles['quiet']}>{t('payment.none')}</p>
      ) : (
        <ul className={styles['rows']}>
          {methods.map(({ value, label }) => (
            <li key={value} className={styles['pair']}>
              <span>{label}</span>
              <TextInput
                aria-label={t('payment.debtorOf', { method: label, system })}
                placeholder={t('payment.own')}
                disabled={disabled}
                maxLength={200}
                autoComplete="off"
                value={settings.fixedDebtors[value] ?? ''}
                onChange={(event) => link(value, event.currentTarget.value)}
              />
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
