import { Button, TextInput } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import type { Purpose } from '../api/survey-queries.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
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
  const [from, setFrom] = useState(standard.from)
  const [until, setUntil] = useState(standard.until)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  const begin = async (event: SyntheticEvent) => {
    event.preventDefault()
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
    <form onSubmit={(event) => void begin(event)}>
      <div className={styles['fields']}>
        <TextInput
          type="date"
          required
          withAsterisk={false}
          label={t('from')}
          value={from}
          onChange={(event) => setFrom(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          required
          withAsterisk={false}
          label={t('until')}
          value={until}
          onChange={(event) => setUntil(event.currentTarget.value)}
        />
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
