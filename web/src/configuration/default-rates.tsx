import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/format.ts'
import styles from './configuration.module.css'
import type { PartProps } from './part.ts'
import { territories } from './territories.ts'

/** "9,5" as people type it, as the server keeps it; null when it is no percentage. */
const percentIn = (text: string): string | null => {
  const written = text.trim().replace(',', '.').replace(/\s*%$/, '')
  return /^\d{1,2}(\.\d{1,2})?$/.test(written) ? written : null
}

/**
 * Which rate to take where the amounts of a line leave several open: € 0.06 with € 0.01 of VAT may be 21 % as well as
 * 9 %. By country of delivery; nearly nobody needs one.
 */
export const DefaultRates = ({ settings, disabled, onChange }: PartProps) => {
  const { t } = useTranslation('configuration')
  const format = useFormat()
  const [place, setPlace] = useState('')
  const [typed, setTyped] = useState('')
  const [wrong, setWrong] = useState(false)
  const { defaultRates } = settings
  const chosen = Object.entries(defaultRates).toSorted(([one], [other]) => one.localeCompare(other))
  const offered = territories
    .filter((code) => !(code in defaultRates))
    .map((value) => ({ value, label: format.country(value) }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
  const current = offered.some(({ value }) => value === place) ? place : (offered[0]?.value ?? '')
  const add = () => {
    const percent = percentIn(typed)
    setWrong(percent === null)
    if (percent === null || current === '') return
    onChange({ defaultRates: { ...defaultRates, [current]: percent } })
    setTyped('')
  }
  const remove = (code: string) => {
    const { [code]: _gone, ...others } = defaultRates
    onChange({ defaultRates: others })
  }
  return (
    <Stack gap="xs" role="group" aria-label={t('vat.defaults')}>
      <div>
        <Text fw={500} size="sm">
          {t('vat.defaults')}
        </Text>
        <Text c="dimmed" size="xs">
          {t('vat.defaultsHelp')}
        </Text>
      </div>
      {chosen.length > 0 && (
        <ul className={styles['rows']}>
          {chosen.map(([code, percent]) => (
            <li key={code} className={styles['row']}>
              <span className={styles['name']}>{format.country(code)}</span>
              <span>{format.percent(percent)}</span>
              <Button
                size="xs"
                variant="default"
                disabled={disabled}
                aria-label={t('vat.defaultsRemoveOf', { place: format.country(code) })}
                onClick={() => remove(code)}
              >
                {t('vat.defaultsRemove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Group align="flex-start" gap="xs">
        <NativeSelect
          aria-label={t('vat.defaultsPlace')}
          disabled={disabled}
          value={current}
          data={offered}
          onChange={(event) => setPlace(event.currentTarget.value)}
        />
        <TextInput
          aria-label={t('vat.defaultsPercent')}
          placeholder="21"
          w="7rem"
          inputMode="decimal"
          autoComplete="off"
          disabled={disabled}
          value={typed}
          error={wrong && t('table.percentWrong')}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            // Adds this rate, and does not save the whole form.
            event.preventDefault()
            add()
          }}
        />
        <Button variant="default" disabled={disabled} onClick={add}>
          {t('vat.defaultsAdd')}
        </Button>
      </Group>
    </Stack>
  )
}
