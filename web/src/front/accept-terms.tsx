import { Button, Checkbox, Stack } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { acceptedTermsQuery, termsQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import styles from './terms.module.css'
import { TermsText } from './terms-text.tsx'

interface Props {
  integrationId: string
  /** Told once the server has recorded it. */
  onAccepted: () => void
}

/** The first step of an installation: the terms to read, and a tick that is recorded with version and time. */
export const AcceptTerms = ({ integrationId, onAccepted }: Props) => {
  const { t } = useTranslation('front')
  const language = useLanguage()
  const ask = useAsk()
  const queries = useQueryClient()
  const terms = useQuery(termsQuery(language))
  const [ticked, setTicked] = useState(false)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const { data } = terms
  if (data === undefined) {
    return terms.error ? <QueryFailure query={terms} /> : <ListLoading rows={4} />
  }
  const accept = async () => {
    setMissing(!ticked)
    if (!ticked || busy) return
    setBusy(true)
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/terms', {
        params: { integrationId },
        body: { version: data.version, language },
      }),
    )
    setBusy(false)
    setFailure(said.is === 'failed' ? said.error : null)
    // Newer ones may apply by now: those are to be read.
    await queries.invalidateQueries({ queryKey: ['terms'] })
    if (said.is === 'failed') return
    await queries.invalidateQueries({ queryKey: acceptedTermsQuery(integrationId).queryKey })
    onAccepted()
  }
  return (
    <Stack gap="md">
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={data.title}>
        <TermsText terms={data} order={3} />
      </div>
      {failure !== null && <FailureNotice error={failure} />}
      <Checkbox
        label={t('accept.label')}
        checked={ticked}
        error={missing && !ticked && t('accept.missing')}
        onChange={(event) => setTicked(event.currentTarget.checked)}
      />
      <div>
        <Button loading={busy} onClick={() => void accept()}>
          {t('accept.submit')}
        </Button>
      </div>
    </Stack>
  )
}
