import { NativeSelect, Stack, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../api/configuration.ts'
import { More } from '../parts/more.tsx'
import { Section } from '../parts/section.tsx'
import { DefaultRates } from './default-rates.tsx'
import { HoldHours } from './hold-hours.tsx'
import { ListInput } from './list-input.tsx'
import { Supplied } from './supplied.tsx'
import type { PartProps } from './part.ts'

const oss = ['by-the-rates', 'yes', 'no'] as const
const exportsWithVat = ['book', 'refuse'] as const
const roundings = ['row', 'unit', 'total'] as const
const markings = ['margin', 'voucher', 'deposit', 'zero-rated'] as const

const oneOf = <T extends string>(all: readonly T[], value: string, otherwise: T): T =>
  all.find((each) => each === value) ?? otherwise

/** Where the merchant stands for VAT: what the shop can't know. */
export const VatPositionSection = ({ settings, mistakes, disabled, onChange }: PartProps) => {
  const { t } = useTranslation('configuration')
  const wrong = (name: keyof Settings) =>
    name in mistakes ? t(`mistake.${mistakes[name] ?? 'refused'}`) : undefined
  const flag = (name: 'smallBusiness' | 'domesticReverseCharge' | 'oldVerdicts') => (
    <Switch
      label={t(`vat.${name}`)}
      description={t(`vat.${name}Help`)}
      disabled={disabled}
      checked={settings[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.checked })}
    />
  )
  return (
    <Section title={t('vat.title')} intro={t('vat.intro')}>
      <Stack gap="md">
        <NativeSelect
          label={t('vat.home')}
          disabled={disabled}
          value={settings.homeCountry}
          data={(['NL', 'BE'] as const).map((value) => ({
            value,
            label: t(`vat.country.${value}`),
          }))}
          onChange={(event) =>
            onChange({ homeCountry: oneOf(['NL', 'BE'], event.currentTarget.value, 'NL') })
          }
        />
        <TextInput
          label={t('vat.number')}
          description={t('vat.numberHelp')}
          disabled={disabled}
          value={settings.vatNumber}
          maxLength={20}
          autoComplete="off"
          error={wrong('vatNumber')}
          onChange={(event) => onChange({ vatNumber: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('vat.oss')}
          description={t('vat.ossHelp')}
          disabled={disabled}
          value={settings.oneStopShop}
          data={oss.map((value) => ({ value, label: t(`vat.ossChoice.${value}`) }))}
          onChange={(event) =>
            onChange({ oneStopShop: oneOf(oss, event.currentTarget.value, 'by-the-rates') })
          }
        />
        <More label={t('vat.more')} opened={Object.keys(mistakes).length > 0}>
          <Stack gap="md">
            {flag('smallBusiness')}
            {flag('domesticReverseCharge')}
            {flag('oldVerdicts')}
            <HoldHours
              settings={settings}
              mistakes={mistakes}
              disabled={disabled}
              onChange={onChange}
            />
            <NativeSelect
              label={t('vat.exportWithVat')}
              description={t('vat.exportWithVatHelp')}
              disabled={disabled}
              value={settings.exportWithVat}
              data={exportsWithVat.map((value) => ({
                value,
                label: t(`vat.exportWithVatChoice.${value}`),
              }))}
              onChange={(event) =>
                onChange({
                  exportWithVat: oneOf(exportsWithVat, event.currentTarget.value, 'book'),
                })
              }
            />
            <ListInput
              label={t('vat.registrations')}
              help={t('vat.registrationsHelp')}
              values={settings.registrations}
              disabled={disabled}
              error={wrong('registrations')}
              onChange={(registrations) =>
                onChange({ registrations: registrations.map((each) => each.toUpperCase()) })
              }
            />
            <NativeSelect
              label={t('vat.rounding')}
              description={t('vat.roundingHelp')}
              disabled={disabled}
              value={settings.rounding}
              data={roundings.map((value) => ({ value, label: t(`vat.roundingChoice.${value}`) }))}
              onChange={(event) =>
                onChange({ rounding: oneOf(roundings, event.currentTarget.value, 'row') })
              }
            />
            <NativeSelect
              label={t('vat.exportedMargin')}
              disabled={disabled}
              value={settings.exportedMargin}
              data={(['export', 'margin'] as const).map((value) => ({
                value,
                label: t(`vat.exportedMarginChoice.${value}`),
              }))}
              onChange={(event) =>
                onChange({
                  exportedMargin: oneOf(['export', 'margin'], event.currentTarget.value, 'export'),
                })
              }
            />
            <DefaultRates
              settings={settings}
              mistakes={mistakes}
              disabled={disabled}
              onChange={onChange}
            />
            <Supplied
              settings={settings}
              mistakes={mistakes}
              disabled={disabled}
              onChange={onChange}
            />
            {markings.map((marking) => (
              <ListInput
                key={marking}
                label={t(`vat.products.${marking}`)}
                help={t('vat.productsHelp')}
                values={settings.products[marking]}
                disabled={disabled}
                error={wrong('products')}
                onChange={(products) =>
                  onChange({ products: { ...settings.products, [marking]: products } })
                }
              />
            ))}
          </Stack>
        </More>
      </Stack>
    </Section>
  )
}
