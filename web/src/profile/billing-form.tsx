import { Button, Group, NativeSelect, TextInput, Title } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type ChangeEvent, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { isChanged } from '../api/failure.ts'
import { useKeptKey } from '../api/kept-key.ts'
import { licenceKey, type Licence } from '../api/licence-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { OutdatedNotice } from '../configuration/outdated-notice.tsx'
import { useEdited } from '../parts/edited.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import styles from './licence-panel.module.css'

interface Props {
  integrationId: string
  kept: Licence['details']
  mayChange: boolean
}

/** The countries most of our merchants are in first; then the rest of the EU, and who is near. */
const countries =
  'NL BE DE FR LU AT BG CY CZ DK EE ES FI GR HR HU IE IT LT LV MT PL PT RO SE SI SK CH GB NO US'.split(
    ' ',
  )

const fields = ['company', 'attention', 'street', 'postcode', 'city'] as const
const completes = {
  company: 'organization',
  attention: 'name',
  street: 'street-address',
  postcode: 'postal-code',
  city: 'address-level2',
} as const

/** What our invoices say of the merchant. Keeps what was typed when saving fails or the session ends. */
export const BillingForm = ({ integrationId, kept, mayChange }: Props) => {
  const { t } = useTranslation('licence')
  const format = useFormat()
  const ask = useAsk()
  const queries = useQueryClient()
  const { vatVerdict, complete: _complete, ...stored } = kept
  const edited = useEdited(useKeptKey(`billing ${integrationId}`), stored)
  const { values, was, outdated, change, drop } = edited
  const [busy, setBusy] = useState(false)
  const [saved, setSaved] = useState(false)
  const [trouble, setTrouble] = useState<unknown>(null)

  const save = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (busy) return
    setBusy(true)
    setSaved(false)
    setTrouble(null)
    const said = await ask(() =>
      call('PUT /api/integrations/:integrationId/billing-details', {
        params: { integrationId },
        body: { ...values, was },
      }),
    )
    if (said.is === 'answered' || isChanged(said.error)) {
      await queries.invalidateQueries({ queryKey: licenceKey(integrationId) })
    }
    if (said.is === 'answered') {
      drop()
      setSaved(true)
    } else if (!isChanged(said.error)) setTrouble(said.error)
    setBusy(false)
  }
  const type = (part: Partial<typeof stored>) => {
    setSaved(false)
    change(part)
  }
  const inputOf = (field: keyof typeof stored) => ({
    value: values[field],
    onChange: (event: ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      type({ [field]: event.currentTarget.value }),
  })

  const verdict = kept.vatNumber === '' ? undefined : t(`details.${vatVerdict ?? 'unknown'}`)
  return (
    <form onSubmit={(event) => void save(event)}>
      <Title order={3}>{t('details.title')}</Title>
      <p className={styles['quiet']}>{t('details.intro')}</p>
      <fieldset disabled={!mayChange} className={styles['fields']}>
        {fields.map((field) => (
          <TextInput
            key={field}
            label={t(`details.${field}`)}
            maxLength={field === 'postcode' ? 20 : 120}
            required={field !== 'attention'}
            autoComplete={completes[field]}
            {...inputOf(field)}
          />
        ))}
        <NativeSelect
          label={t('details.country')}
          autoComplete="country"
          data={countries.map((value) => ({ value, label: format.country(value) }))}
          {...inputOf('country')}
        />
        <TextInput
          label={t('details.vatNumber')}
          description={verdict ?? t('details.vatHelp')}
          maxLength={40}
          {...inputOf('vatNumber')}
        />
        <TextInput
          type="email"
          label={t('details.email')}
          description={t('details.emailHelp')}
          maxLength={254}
          autoComplete="email"
          {...inputOf('email')}
        />
      </fieldset>
      {outdated && <OutdatedNotice handle={edited} />}
      {trouble !== null && <FailureNotice error={trouble} />}
      {mayChange && (
        <Group mt="md">
          <Button type="submit" variant="default" loading={busy} disabled={outdated}>
            {t('details.save')}
          </Button>
          <span role="status">{saved ? t('details.saved') : ''}</span>
        </Group>
      )}
    </form>
  )
}
