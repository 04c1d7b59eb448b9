import { Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Choices, FormField, Value, Values } from '../api/configuration.ts'
import { More } from '../parts/more.tsx'
import { FieldInput } from './field-input.tsx'
import type { Mistakes } from './field-mistake.ts'

interface Props {
  fields: readonly FormField[]
  values: Values
  choices: Choices
  mistakes: Mistakes
  disabled?: boolean
  keepsSecrets?: boolean
  onChange: (name: string, value: Value) => void
}

/** The fields of a form; the ones that nearly nobody needs fold away, unless something is wrong there. */
export const FieldList = ({ fields, mistakes, keepsSecrets = false, ...props }: Props) => {
  const { t } = useTranslation('configuration')
  const input = (field: FormField) => (
    <FieldInput
      key={field.name}
      field={field}
      value={props.values[field.name]}
      choices={props.choices}
      mistake={mistakes[field.name]}
      disabled={props.disabled ?? false}
      keepsSecret={keepsSecrets}
      onChange={(value) => props.onChange(field.name, value)}
    />
  )
  const rare = fields.filter(({ advanced }) => advanced)
  return (
    <Stack gap="md">
      {fields.filter(({ advanced }) => !advanced).map(input)}
      {rare.length > 0 && (
        <More label={t('field.more')} opened={rare.some(({ name }) => name in mistakes)}>
          <Stack gap="md">{rare.map(input)}</Stack>
        </More>
      )}
    </Stack>
  )
}
