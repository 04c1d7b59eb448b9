import { Button, Checkbox, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { useLanguage } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { Moment } from '../parts/moment.tsx'
import panel from '../parts/panel.module.css'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import styles from './install.module.css'
import { acceptedTermsQuery } from './terms.ts'

interface Props {
  onNext: () => void
}

/** The terms as they are now; which version was accepted, and when, is recorded by the server. */
export const TermsStep = ({ onNext }: Props) => {
  const { t } = useTranslation('install')
  const { id, mayChange } = useIntegration()
  const language = useLanguage()
  const ask = useAsk()
  const queries = useQueryClient()
  const terms = useQuery({
    queryKey: ['terms', language],
    queryFn: ({ signal }) => call('GET /api/terms', { query: { language } }, signal),
  })
  const { data: standing } = useQuery(acceptedTermsQuery(id))
  const [agreed, setAgreed] = useState(false)
  const [missing, setMissing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const accepted = standing?.accepted ?? null
  const isCurrent = accepted !== null && accepted.version === standing?.current

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    setMissing(!agreed)
    if (!agreed || busy || terms.data === undefined) return
    setBusy(true)
    setFailure(undefined)
    const { version } = terms.data
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/terms', {
        params: { integrationId: id },
        body: { version, language },
      }),
    )
    await queries.invalidateQueries({ queryKey: ['accepted-terms', id] })
    setBusy(false)
    if (said.is === 'failed') {
      setFailure(said.error)
      await terms.refetch()
    } else onNext()
  }

  return (
    <section className={`${panel['panel'] ?? ''} ${styles['step'] ?? ''}`}>
      <Title order={2}>{terms.data?.title ?? t('terms.title')}</Title>
      <QueryFailure query={terms} />
      {terms.data === undefined && terms.isPending && <Skeleton h={220} mt="md" />}
      {terms.data && (
        <div className={styles['terms']} tabIndex={0} role="region" aria-label={t('terms.title')}>
          {terms.data.sections.map((section) => (
            <section key={section.title}>
              {section.title !== '' && <Title order={3}>{section.title}</Title>}
              {section.paragraphs.map((paragraph, index) => (
                <p key={index}>{paragraph}</p>
              ))}
            </section>
          ))}
        </div>
      )}
      {isCurrent ? (
        <Stack gap="sm" mt="md">
          <Text>
            {t('terms.accepted', { version: accepted.version })} <Moment at={accepted.acceptedAt} />
          </Text>
          <Button w="fit-content" onClick={onNext}>
            {t('next')}
          </Button>
        </Stack>
      ) : (
        mayChange && (
          <form onSubmit={(event) => void submit(event)} noValidate>
            <Stack gap="md" mt="md">
              <Checkbox
                label={t('terms.agree')}
                checked={agreed}
                error={missing && !agreed && t('terms.missing')}
                onChange={(event) => setAgreed(event.currentTarget.checked)}
              />
              {failure !== undefined && <FailureNotice error={failure} />}
              <Group>
                <Button type="submit" loading={busy} loaderProps={{ 'aria-label': t('busy') }}>
                  {t('terms.accept')}
                </Button>
              </Group>
            </Stack>
          </form>
        )
      )}
    </section>
  )
}
