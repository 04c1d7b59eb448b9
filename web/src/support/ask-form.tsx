import { Button, Checkbox, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState, type SyntheticEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call, type Answer } from '../api/client.ts'
import { liveKey } from '../api/queries.ts'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useIntegration } from '../shell/integration.ts'
import { useKeptText } from './kept-text.ts'

type Opened = Answer<'POST /api/integrations/:integrationId/tickets'>

interface Props {
  /** The sale it is about. */
  booking?: { id: string; subject: string }
  onSent: (ticket: Opened) => void
  onCancel: () => void
}

/** A question, or a report of a problem with one sale. */
export const AskForm = ({ booking, onSent, onCancel }: Props) => {
  const { t } = useTranslation('support')
  const { id: integrationId } = useIntegration()
  const queries = useQueryClient()
  const ask = useAsk()
  const name = `${integrationId}:${booking?.id ?? 'ask'}`
  const [subject, setSubject] = useKeptText(`${name}:subject`)
  const [text, setText] = useKeptText(`${name}:text`)
  const [withFigures, setWithFigures] = useState(true)
  const [missing, setMissing] = useState({ subject: false, text: false })
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy) return
    const about = booking?.subject ?? subject.trim()
    setMissing({ subject: about === '', text: text.trim() === '' })
    if (about === '' || text.trim() === '') return
    setBusy(true)
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/tickets', {
        params: { integrationId },
        body: {
          topic: booking === undefined ? 'question' : 'problem',
          subject: about,
          text: text.trim(),
          ...(booking && { bookingId: booking.id, withFigures }),
        },
      }),
    )
    setBusy(false)
    if (said.is === 'failed') {
      setFailure(said.error)
      return
    }
    setSubject('')
    setText('')
    void queries.invalidateQueries({ queryKey: liveKey(integrationId) })
    onSent(said.answer)
  }

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack>
        {booking === undefined ? (
          <TextInput
            label={t('subject')}
            value={subject}
            maxLength={150}
            error={missing.subject && t('subjectMissing')}
            data-autofocus
            onChange={(event) => setSubject(event.currentTarget.value)}
          />
        ) : (
          <Text>{t('reportIntro')}</Text>
        )}
        <Textarea
          label={booking === undefined ? t('question') : t('whatIsWrong')}
          value={text}
          autosize
          minRows={5}
          maxRows={16}
          maxLength={10_000}
          error={missing.text && t('textMissing')}
          {...(booking && { 'data-autofocus': true })}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {booking && (
          <Checkbox
            label={t('withFigures')}
            description={t('withFiguresMeans')}
            checked={withFigures}
            onChange={(event) => setWithFigures(event.currentTarget.checked)}
          />
        )}
        {failure !== undefined && <FailureNotice error={failure} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
          <Button type="submit" loading={busy}>
            {t('send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
