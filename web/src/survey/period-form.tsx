import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { useKeptKey } from '../api/kept-key.ts'
import type { Purpose } from '../api/survey-queries.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useKeptForm } from '../parts/kept-form.ts'
import { useIntegration } from '../shell/integration.ts'
import styles from './period-form.module.css'
import { useSurveyRefresh } from './survey-refresh.ts'

interface Props {
  purpose: Purpose
  from: string
  until: string
  action: string
}

/** Chooses the period of a dry run or a reconciliation and begins it. What was typed stays when it fails. */
export const PeriodForm = ({ purpose, action, ...standard }: Props) => {
  const { t } = useTranslation('survey')
  const { id } = useIntegration()
  const ask = useAsk()
  const refresh = useSurveyRefresh()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const form = useKeptForm(useKeptKey(`${purpose} ${id}`), {
    initialValues: standard,
    // Half a date is none to a browser.
    validate: {
      from: (day) => (day === '' ? t('dayMissing') : null),
      until: (day, { from }) =>
        day === '' ? t('dayMissing') : day < from ? t('untilBefore') : null,
    },
  })

  const begin = async ({ from, until }: typeof form.values) => {
    if (busy) return
    setBusy(true)
    setFailure(undefined)
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/surveys', {
        params: { integrationId: id },
        body: { purpose, from, until },
      }),
    )
    if (said.is === 'failed') setFailure(said.error)
    await refresh()
    setBusy(false)
  }

  return (
    <form onSubmit={form.onSubmit((typed) => void begin(typed))} noValidate>
      <div className={styles['fields']}>
        <TextInput type="date" label={t('from')} {...form.getInputProps('from')} />
        <TextInput type="date" label={t('until')} {...form.getInputProps('until')} />
        <Button type="submit" loading={busy}>
          {action}
        </Button>
      </div>
      {failure !== undefined && (
        <div className={styles['failure']}>
          <FailureNotice error={failure} />
        </div>
      )}
    </form>
  )
}
