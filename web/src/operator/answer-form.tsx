import { Button, Checkbox, Group, Stack, Textarea } from '@mantine/core'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../api/client.ts'
import { tell } from '../booking/tell.ts'
import { languages as allLanguages, type Language } from '../i18n/language.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useKeptText } from '../support/kept-text.ts'
import { useDeed } from './use-deed.ts'

interface Props {
  ticketIds: readonly string[]
  /** In which languages it has to be written: those of who asked. */
  languages: readonly Language[]
  canned: Record<Language, string> | null
  /** Whether it begins with what the catalogue would say. */
  prefilled?: boolean
  onDone?: () => void
}

/** The answer to one ticket or to many; each asker gets it in their own language, here and by mail. */
export const AnswerForm = ({ ticketIds, languages, canned, prefilled, onDone }: Props) => {
  const { t } = useTranslation('operator')
  const { t: shell } = useTranslation('shell')
  const { attempt } = useDeed()
  const key = `answer:${ticketIds[0] ?? ''}:${ticketIds.length}`
  const [nl, setNl] = useKeptText(`${key}:nl`, prefilled === true ? canned?.nl : undefined)
  const [en, setEn] = useKeptText(`${key}:en`, prefilled === true ? canned?.en : undefined)
  const texts = { nl: [nl, setNl], en: [en, setEn] } as const
  const [settle, setSettle] = useState(false)
  const [missing, setMissing] = useState<readonly Language[]>([])
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy) return
    const empty = languages.filter((language) => texts[language][0].trim() === '')
    setMissing(empty)
    if (empty.length > 0) return
    setBusy(true)
    const failed = await attempt(async () => {
      const { answered } = await call('POST /api/operator/ticket-answers', {
        body: { ticketIds: [...ticketIds], nl, en, settle },
      })
      tell(t('answer.done', { count: answered }))
    })
    setBusy(false)
    setFailure(failed)
    if (failed !== undefined) return
    for (const language of allLanguages) texts[language][1]('')
    onDone?.()
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        {languages.map((language) => {
          const [text, setText] = texts[language]
          return (
            <Stack key={language} gap={4}>
              <Textarea
                label={t('answer.label', { language: shell(`language.${language}`) })}
                lang={language}
                value={text}
                autosize
                minRows={4}
                maxRows={16}
                maxLength={10_000}
                error={missing.includes(language) && t('answer.missing')}
                onChange={(event) => setText(event.currentTarget.value)}
              />
              {canned !== null && canned[language] !== '' && text.trim() === '' && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  w="fit-content"
                  onClick={() => setText(canned[language])}
                >
                  {t('answer.canned')}
                </Button>
              )}
            </Stack>
          )
        })}
        {failure !== undefined && <FailureNotice error={failure} />}
        <Group justify="space-between">
          <Checkbox
            label={t('answer.settle')}
            checked={settle}
            onChange={(event) => setSettle(event.currentTarget.checked)}
          />
          <Button type="submit" loading={busy}>
            {t('answer.send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
