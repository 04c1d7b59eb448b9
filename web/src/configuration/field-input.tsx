import { Checkbox, NativeSelect, PasswordInput, SimpleGrid, Switch, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Choices, FormField, Value } from '../api/configuration.ts'
import { useLanguage, type Language } from '../i18n/language.ts'
import type { Mistake } from './field-mistake.ts'

interface Props {
  field: FormField
  value: Value | undefined
  choices: Choices
  mistake: Mistake | undefined
  disabled?: boolean
  /** A secret that was filled in before and is never shown again. */
  keepsSecret?: boolean
  onChange: (value: Value) => void
}

interface Option {
  value: string
  label: string
}

const optionsOf = ({ options }: FormField, choices: Choices, language: Language): Option[] =>
  options === undefined
    ? []
    : 'from' in options
      ? (choices[options.from] ?? [])
      : options.map(({ value, label }) => ({ value, label: label[language] }))

/** What was chosen and is no longer offered stays visible: it would else change without anybody's wish. */
const withChosen = (options: Option[], chosen: string, none: string): Option[] =>
  options.some(({ value }) => value === chosen)
    ? options
    : [{ value: chosen, label: chosen === '' ? none : chosen }, ...options]

/** One field of a connector's form. The browser's own controls: good on a phone and with a keyboard. */
export const FieldInput = (props: Props) => {
  const { field, value, choices, mistake, disabled = false, keepsSecret = false, onChange } = props
  const { t } = useTranslation('configuration')
  const language = useLanguage()
  const error = mistake && t(`mistake.${mistake}`, { min: field.min, max: field.max })
  const common = {
    name: field.name,
    label: field.label[language],
    description: field.help?.[language],
    error,
    disabled,
  }
  const text = typeof value === 'string' ? value : ''
  switch (field.kind) {
    case 'text':
    case 'url':
      return (
        <TextInput
          {...common}
          type={field.kind === 'url' ? 'url' : 'text'}
          required={field.required}
          value={text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'date':
      return (
        <TextInput
          {...common}
          type="date"
          maw="16rem"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'secret':
      return (
        <PasswordInput
          {...common}
          required={field.required && !keepsSecret}
          value={text}
          placeholder={keepsSecret ? t('field.secretKept') : ''}
          autoComplete="off"
          visibilityToggleButtonProps={{ 'aria-label': t('field.show') }}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'number':
      return (
        <TextInput
          {...common}
          type="number"
          maw="16rem"
          min={field.min}
          max={field.max}
          value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
      )
    case 'switch':
      return (
        <Switch
          {...common}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      )
    case 'choice':
      return (
        <NativeSelect
          {...common}
          value={text}
          data={withChosen(optionsOf(field, choices, language), text, t('field.standard'))}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )
    case 'choices': {
      const chosen = Array.isArray(value) ? value : []
      const options = optionsOf(field, choices, language)
      return (
        <Checkbox.Group
          label={common.label}
          description={common.description}
          error={error}
          value={chosen}
          onChange={onChange}
        >
          <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} mt="xs" spacing="xs" verticalSpacing="xs">
            {[...options, ...missing(chosen, options)].map((option) => (
              <Checkbox key={option.value} {...option} disabled={disabled} />
            ))}
          </SimpleGrid>
        </Checkbox.Group>
      )
    }
  }
}

const missing = (chosen: readonly string[], options: readonly Option[]): Option[] =>
  chosen
    .filter((value) => !options.some((option) => option.value === value))
    .map((value) => ({ value, label: value }))
