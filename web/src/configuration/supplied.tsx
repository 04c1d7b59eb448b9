import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../api/configuration.ts'
import { ListInput } from './list-input.tsx'
import type { PartProps } from './part.ts'

const supplies = ['goods', 'service', 'digital', 'by-the-shop'] as const

/** Which products are asked for by name: those that are something else than what is sold in general. */
const askedFor: Readonly<Record<Settings['supply'], readonly (keyof Settings['supplied'])[]>> = {
  goods: ['service', 'digital'],
  service: ['goods', 'digital'],
  digital: ['goods', 'service'],
  'by-the-shop': ['goods', 'service', 'digital'],
}

/** Whether the merchant sells goods, services or digital goods, and which products are something else. */
export const Supplied = ({ settings, mistakes, disabled, onChange }: PartProps) => {
  const { t } = useTranslation('configuration')
  return (
    <>
      <NativeSelect
        label={t('vat.supply')}
        description={t('vat.supplyHelp')}
        disabled={disabled}
        value={settings.supply}
        data={supplies.map((value) => ({ value, label: t(`vat.supplyChoice.${value}`) }))}
        onChange={(event) => {
          const { value } = event.currentTarget
          onChange({ supply: supplies.find((each) => each === value) ?? 'goods' })
        }}
      />
      {askedFor[settings.supply].map((supply) => (
        <ListInput
          key={supply}
          label={t(`vat.supplied.${supply}`)}
          help={t('vat.productsHelp')}
          values={settings.supplied[supply]}
          disabled={disabled}
          error={
            'supplied' in mistakes ? t(`mistake.${mistakes['supplied'] ?? 'refused'}`) : undefined
          }
          onChange={(products) =>
            onChange({ supplied: { ...settings.supplied, [supply]: products } })
          }
        />
      ))}
    </>
  )
}
