import { Button, Group } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { End, FormField, Values } from '../api/configuration.ts'
import { asFailure } from '../api/failure.ts'
import { forget, keep, keptOr } from '../api/kept.ts'
import { FieldList } from '../configuration/field-list.tsx'
import { mistakesIn, type Mistakes } from '../configuration/field-mistake.ts'

interface Props {
  /** Names the person, the integration and the side; see api/kept.ts. */
  keptAs: string
  end: End
  fields: readonly FormField[]
  action: string
  busy: boolean
  /** What the server said of the last attempt. */
  failure: unknown
  onSubmit: (values: Values) => Promise<boolean>
  onCancel?: (() => void) | undefined
}

const startOf = (end: End): Values => ({
  ...Object.fromEntries(
    end.system.credentials.flatMap(({ name, default: standard }) =>
      standard === undefined ? [] : [[name, standard]],
    ),
  ),
  ...end.credentials,
})

/** What a merchant brings to connect one end. What was typed stays, whatever the remote says of it. */
export const ConnectForm = (props: Props) => {
  const { keptAs, end, fields, action, busy, failure, onSubmit, onCancel } = props
  const { t } = useTranslation('connecting')
  const [values, setValues] = useState(() => keptOr(keptAs, startOf(end)))
  const [mistakes, setMistakes] = useState<Mistakes>({})
  const keepsSecrets = end.hasCredentials
  const refused = failure === undefined ? null : asFailure(failure)
  const field = refused?.code === 'INPUT_INVALID' ? String(refused.params['field'] ?? '') : ''
  const shown: Mistakes = field === '' ? mistakes : { ...mistakes, [field]: 'refused' }

  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = event.currentTarget
    const found = mistakesIn(fields, values, keepsSecrets)
    setMistakes(found)
    if (Object.keys(found).length > 0) {
      requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
      return
    }
    const filledIn = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === 'string' ? value.trim() : value,
      ]),
    )
    if (await onSubmit(filledIn)) forget(keptAs)
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <FieldList
        fields={fields}
        values={values}
        choices={end.choices}
        mistakes={shown}
        keepsSecrets={keepsSecrets}
        onChange={(name, value) => {
          const next = { ...values, [name]: value }
          keep(keptAs, next)
          setValues(next)
        }}
      />
      <Group mt="lg" gap="sm">
        <Button type="submit" loading={busy} loaderProps={{ 'aria-label': t('busy') }}>
          {action}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </Group>
    </form>
  )
}
