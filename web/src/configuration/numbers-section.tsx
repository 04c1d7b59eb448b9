import { NativeSelect, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '../parts/section.tsx'
import type { PartProps } from './part.ts'
import styles from './configuration.module.css'

const exampleOrder = '1042'
const exampleInvoice = '2026-0317'

/** What the merchant's own template makes of a number (the same rule as src/sale/make-draft.ts). */
const referenceOf = (template: string, number: string): string =>
  template.trim().replace('{number}', () => number)

/** Which number leads and what the reference looks like, with what that comes to. */
export const NumbersSection = ({ settings, mistakes, disabled, onChange }: PartProps) => {
  const { t } = useTranslation('configuration')
  const number = settings.leadingNumber === 'invoice' ? exampleInvoice : exampleOrder
  const credit = settings.leadingNumber === 'invoice' ? number : `C_${number}`
  return (
    <Section title={t('numbers.title')} intro={t('numbers.intro')}>
      <Stack gap="md">
        <NativeSelect
          label={t('numbers.leading')}
          description={t('numbers.leadingHelp')}
          disabled={disabled}
          value={settings.leadingNumber}
          data={[
            { value: 'order', label: t('numbers.order') },
            { value: 'invoice', label: t('numbers.invoice') },
          ]}
          onChange={(event) =>
            onChange({
              leadingNumber: event.currentTarget.value === 'invoice' ? 'invoice' : 'order',
            })
          }
        />
        <TextInput
          label={t('numbers.template')}
          description={t('numbers.templateHelp', { place: '{number}' })}
          disabled={disabled}
          value={settings.referenceTemplate}
          maxLength={40}
          error={mistakes['referenceTemplate'] && t('numbers.templateWrong', { place: '{number}' })}
          onChange={(event) => onChange({ referenceTemplate: event.currentTarget.value })}
        />
        <p className={styles['example']} aria-live="polite">
          {t('numbers.example', { number })}{' '}
          <strong>{referenceOf(settings.referenceTemplate, number)}</strong>
          <br />
          {t('numbers.exampleCredit')}{' '}
          <strong>{referenceOf(settings.referenceTemplate, credit)}</strong>
        </p>
      </Stack>
    </Section>
  )
}
