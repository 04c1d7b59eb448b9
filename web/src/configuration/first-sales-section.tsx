import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '../parts/section.tsx'
import type { PartProps } from './part.ts'

/** Whether the merchant looks at the first invoices before they are made. */
export const FirstSalesSection = ({ settings, disabled, onChange }: PartProps) => {
  const { t } = useTranslation('configuration')
  return (
    <Section title={t('first.title')} intro={t('first.intro')}>
      <Switch
        label={t('first.switch')}
        description={t('first.help')}
        disabled={disabled}
        checked={settings.goAhead}
        onChange={(event) => onChange({ goAhead: event.currentTarget.checked })}
      />
    </Section>
  )
}
