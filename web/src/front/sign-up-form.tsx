import { Button, NativeSelect, Stack, TextInput } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { asFailure } from '../api/failure.ts'
import { useLanguage } from '../i18n/language.ts'
import { isAddress } from '../parts/address.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useKeptForm } from '../parts/kept-form.ts'
import styles from './front.module.css'
import type { Pair } from './pair-choice.tsx'

interface Props {
  pair: Pair
  /** From the address with which an app store sent the browser. */
  claim?: string | undefined
  onMailed: (email: string) => void
}

const countries = ['NL', 'BE'] as const

/** Who asks for the account. What was typed stays, whatever the server says. */
export const SignUpForm = ({ pair, claim, onMailed }: Props) => {
  const { t } = useTranslation('front')
  const language = useLanguage()
  const ask = useAsk()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const form = useKeptForm('sign-up', {
    initialValues: { name: '', company: '', email: '', homeCountry: 'NL' },
    validate: {
      name: (text) => (text.trim() === '' ? t('form.nameMissing') : null),
      company: (text) => (text.trim() === '' ? t('form.companyMissing') : null),
      email: (text) => (isAddress(text) ? null : t('form.emailWrong')),
    },
  })
  const submit = async (typed: typeof form.values) => {
    if (busy) return
    setBusy(true)
    const email = typed.email.trim()
    const said = await ask(() =>
      call('POST /api/sign-up', {
        body: {
          name: typed.name.trim(),
          company: typed.company.trim(),
          email,
          homeCountry: countries.find((each) => each === typed.homeCountry) ?? 'NL',
          language,
          ...pair,
          ...(claim !== undefined && { claim }),
        },
      }),
    )
    setBusy(false)
    if (said.is === 'answered') {
      form.clear()
      onMailed(email)
      return
    }
    const { field, text, remedy } = asFailure(said.error)
    if (field in form.values) form.setFieldError(field, `${text} ${remedy}`)
    else setFailure(said.error)
  }
  return (
    <form onSubmit={form.onSubmit((typed) => void submit(typed))} noValidate>
      <Stack gap="md">
        {failure !== null && <FailureNotice error={failure} />}
        <TextInput label={t('form.name')} autoComplete="name" {...form.getInputProps('name')} />
        <TextInput
          label={t('form.company')}
          autoComplete="organization"
          {...form.getInputProps('company')}
        />
        <TextInput
          type="email"
          label={t('form.email')}
          description={t('form.emailHint')}
          autoComplete="email"
          {...form.getInputProps('email')}
        />
        <NativeSelect
          label={t('form.country')}
          description={t('form.countryHint')}
          data={countries.map((value) => ({ value, label: t(`country.${value}`) }))}
          {...form.getInputProps('homeCountry')}
        />
        <Button type="submit" size="md" loading={busy}>
          {t('form.submit')}
        </Button>
        <p className={styles['note']}>
          {t('form.trial')} <Link to="/terms">{t('terms')}</Link>
        </p>
      </Stack>
    </form>
  )
}
