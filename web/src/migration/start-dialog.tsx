import { Button, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Survey } from '../api/survey-queries.ts'
import { useFormat } from '../i18n/format.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useIntegration } from '../shell/integration.ts'

interface Props {
  opened: boolean
  survey: Survey
  onClose: () => void
  onStart: () => void
}

/** Asks before thousands of invoices are made. */
export const StartDialog = ({ opened, survey, onClose, onStart }: Props) => {
  const { t } = useTranslation('migration')
  const format = useFormat()
  const { accounting } = useIntegration()
  const { bookable = 0 } = survey.standings
  return (
    <Dialog opened={opened} onClose={onClose} title={t('starting.title')}>
      <Text>
        {t('starting.text', {
          count: bookable,
          number: format.count(bookable),
          system: accounting.title,
          from: format.day(survey.from),
          until: format.day(survey.until),
        })}
      </Text>
      {survey.price !== null && (
        <Text mt="sm">
          {t('starting.price', { price: format.money(survey.price, 'EUR') })}{' '}
          {survey.payFirst && t('starting.payFirst')}
        </Text>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('starting.cancel')}
        </Button>
        <Button
          onClick={() => {
            onStart()
            onClose()
          }}
        >
          {t(survey.payFirst ? 'starting.toPay' : 'start')}
        </Button>
      </Group>
    </Dialog>
  )
}
