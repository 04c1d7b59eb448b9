import { Button, Group, Radio, Select, Skeleton, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { vatQuestionQuery, type Booking, type VatQuestion } from '../api/queries.ts'
import { useFormat } from '../i18n/format.ts'
import { Dialog } from '../parts/dialog.tsx'
import { FailureNotice } from '../parts/failure-notice.tsx'
import { useIntegration } from '../shell/integration.ts'
import { useDeeds } from './deeds.ts'

interface QuestionProps {
  booking: Booking
  onClose: () => void
}

interface Props extends QuestionProps {
  opened: boolean
}

/** Asks what to do with a sale that VIES stays silent about: vouch for the number, or book with VAT. */
export const VatDialog = ({ opened, booking, onClose }: Props) => {
  const { t } = useTranslation('booking')
  return (
    <Dialog
      opened={opened}
      onClose={onClose}
      title={t('vatDeciding.title', { number: booking.number })}
    >
      <Loading booking={booking} onClose={onClose} />
    </Dialog>
  )
}

/** The figures are read from the shop before anybody is asked to choose. */
const Loading = ({ booking, onClose }: QuestionProps) => {
  const { t } = useTranslation('booking')
  const { id } = useIntegration()
  const { data, error, isFetching, refetch } = useQuery(vatQuestionQuery(id, booking.id))
  if (data?.is === 'asked') return <Question booking={booking} onClose={onClose} question={data} />
  if (data !== undefined) return <Text>{t('vatDeciding.nothing')}</Text>
  if (error !== null) {
    return <FailureNotice error={error} retrying={isFetching} onRetry={() => void refetch()} />
  }
  return (
    <Stack gap="sm" role="status" aria-label={t('vatDeciding.reading')}>
      <Skeleton h={48} />
      <Skeleton h={96} />
    </Stack>
  )
}

type Choice = 'vouch' | 'with-vat'

interface AskedProps extends QuestionProps {
  question: Extract<VatQuestion, { is: 'asked' }>
}

const Question = ({ booking, question, onClose }: AskedProps) => {
  const { t } = useTranslation('booking')
  const format = useFormat()
  const deeds = useDeeds(useIntegration().id)
  const [choice, setChoice] = useState<Choice | null>(null)
  const [percent, setPercent] = useState(question.withVat[0]?.percent ?? null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const { since, lastValid, withVat, currency } = question
  const chosen = withVat.find((each) => each.percent === percent)

  const confirm = async () => {
    if (choice === null || (choice === 'with-vat' && percent === null)) return
    setBusy(true)
    const failed = await deeds.decideVat(
      booking,
      choice === 'vouch' ? { decision: 'vouch' } : { decision: 'with-vat', percent: percent ?? '' },
    )
    setBusy(false)
    if (failed === undefined) onClose()
    else setFailure(failed)
  }

  return (
    <Stack>
      <Text>
        {since === null
          ? t('vatDeciding.text')
          : t('vatDeciding.textSince', { since: format.moment(since) })}{' '}
        {lastValid === null
          ? t('vatDeciding.neverValid')
          : t('vatDeciding.lastValid', { at: format.moment(lastValid) })}
      </Text>
      <Radio.Group
        label={t('vatDeciding.ask')}
        value={choice ?? ''}
        onChange={(value) => setChoice(value === 'vouch' ? 'vouch' : 'with-vat')}
      >
        <Stack gap="md" mt="xs">
          <Radio
            value="vouch"
            label={t('vatDeciding.vouch')}
            description={t('vatDeciding.vouchText')}
          />
          <Radio
            value="with-vat"
            disabled={withVat.length === 0}
            label={t('vatDeciding.withVat')}
            description={t('vatDeciding.withVatText')}
          />
        </Stack>
      </Radio.Group>
      {choice === 'with-vat' && chosen && (
        <Stack gap="xs" pl="xl">
          <Select
            label={t('vatDeciding.rate')}
            allowDeselect={false}
            value={percent}
            data={withVat.map((each) => ({
              value: each.percent,
              label: `${format.percent(each.percent)} (${format.country(each.ratesOf)})`,
            }))}
            onChange={setPercent}
          />
          <Text size="sm" c="dimmed" role="status">
            {t('vatDeciding.comesTo', {
              gross: format.money(chosen.gross, currency),
              net: format.money(chosen.net, currency),
              vat: format.money(chosen.vat, currency),
            })}
          </Text>
        </Stack>
      )}
      {failure !== undefined && <FailureNotice error={failure} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('deciding.cancel')}
        </Button>
        <Button disabled={choice === null} loading={busy} onClick={() => void confirm()}>
          {t('vatDeciding.confirm')}
        </Button>
      </Group>
    </Stack>
  )
}
