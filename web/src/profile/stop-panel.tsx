import { Button, Group, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { tell, tellFailure } from '../booking/tell.ts'
import { Dialog } from '../parts/dialog.tsx'
import { SectionPanel } from '../parts/section-panel.tsx'
import styles from './profile.module.css'

interface Props {
  integrationId: string
  name: string
}

const consequences = ['noBookings', 'credentials', 'webhooks', 'history'] as const

/** Stopping, as of today: asks first, and says what happens. */
export const StopPanel = ({ integrationId, name }: Props) => {
  const { t } = useTranslation('profile')
  const ask = useAsk()
  const queries = useQueryClient()
  const [asking, setAsking] = useState(false)
  const [busy, setBusy] = useState(false)
  const stop = async () => {
    if (busy) return
    setBusy(true)
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/stop', {
        params: { integrationId },
        body: { confirm: 'stop' },
      }),
    )
    setBusy(false)
    setAsking(false)
    if (said.is === 'failed') tellFailure(said.error)
    else tell(t('stop.done', { name }))
    await queries.invalidateQueries({ queryKey: ['me'] })
  }
  return (
    <SectionPanel
      title={t('stop.title')}
      intro={t('stop.intro')}
      action={
        <Button variant="light" color="red" onClick={() => setAsking(true)}>
          {t('stop.button')}
        </Button>
      }
    >
      <Dialog title={t('stop.ask', { name })} opened={asking} onClose={() => setAsking(false)}>
        <Text>{t('stop.text')}</Text>
        <ul className={styles['list']}>
          {consequences.map((each) => (
            <li key={each}>{t(`stop.${each}`)}</li>
          ))}
        </ul>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('cancel')}
          </Button>
          <Button color="red" loading={busy} onClick={() => void stop()}>
            {t('stop.confirm')}
          </Button>
        </Group>
      </Dialog>
    </SectionPanel>
  )
}
