import { Button } from '@mantine/core'
import { IconMessageReport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Booking } from '../api/queries.ts'
import { Dialog } from '../parts/dialog.tsx'
import { useIntegration } from '../shell/integration.ts'
import { AskForm } from './ask-form.tsx'
import { Sent } from './sent.tsx'

interface Props {
  booking: Booking
}

/** The button at a sale that was not booked: what went wrong goes along by itself. */
export const ReportProblem = ({ booking }: Props) => {
  const { t } = useTranslation('support')
  const { id: integrationId, mayChange } = useIntegration()
  const [opened, setOpened] = useState(false)
  const [sent, setSent] = useState<{ id: string; reference: string }>()
  if (!mayChange) return null
  const sale = t('sale', { number: booking.number })
  const subject = booking.problem ? `${sale}: ${booking.problem.text}` : sale
  const close = () => {
    setOpened(false)
    setSent(undefined)
  }
  return (
    <>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconMessageReport size={18} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {t('report')}
      </Button>
      <Dialog
        opened={opened}
        onClose={close}
        title={sent ? t('sent.title') : t('reportTitle', { number: booking.number })}
      >
        {sent === undefined ? (
          <AskForm
            booking={{ id: booking.id, subject: subject.slice(0, 150) }}
            onSent={setSent}
            onCancel={close}
          />
        ) : (
          <Sent reference={sent.reference}>
            <Button variant="default" onClick={close}>
              {t('close')}
            </Button>
            <Button
              renderRoot={(props) => (
                <Link
                  to="/i/$integrationId/support/$ticketId"
                  params={{ integrationId, ticketId: sent.id }}
                  {...props}
                />
              )}
            >
              {t('sent.open')}
            </Button>
          </Sent>
        )}
      </Dialog>
    </>
  )
}
