import { Button } from '@mantine/core'
import { IconEye, IconPencil } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import { tellFailure } from '../booking/tell.ts'
import { useFormat } from '../i18n/format.ts'
import { ReasonDialog } from '../parts/reason-dialog.tsx'
import { useIntegration } from './integration.ts'
import styles from './view-banner.module.css'

/** Stands above everything while an operator looks as the merchant, so that nobody forgets whose desk it is. */
export const ViewBanner = () => {
  const { t } = useTranslation('shell')
  const format = useFormat()
  const queries = useQueryClient()
  const ask = useAsk()
  const { id: integrationId, name, merchant, mayChange, view } = useIntegration()
  const [asking, setAsking] = useState(false)
  if (view === null) return null
  const params = { viewId: view.id }
  const refresh = () => queries.invalidateQueries({ queryKey: ['me'] })

  const escalate = async (reason: string): Promise<unknown> => {
    const said = await ask(() =>
      call('POST /api/operator/views/:viewId/escalate', { params, body: { reason } }),
    )
    await refresh()
    return said.is === 'failed' ? said.error : undefined
  }
  const end = async () => {
    const said = await ask(() =>
      call('POST /api/operator/views/:viewId/end', { params, body: { end: true } }),
    )
    if (said.is === 'failed') tellFailure(said.error)
    else window.location.assign(`/operator/integrations/${integrationId}`)
  }

  const Sign = mayChange ? IconPencil : IconEye
  const time = format.time(new Date(view.endsAt))
  const whose = merchant === '' ? name : merchant
  return (
    <section
      className={styles['banner']}
      data-changes={mayChange}
      aria-label={t('view.title', { merchant: whose })}
    >
      <div className={styles['inner']}>
        <Sign size={20} aria-hidden />
        <p className={styles['text']}>
          <strong>{t('view.title', { merchant: whose })}.</strong>{' '}
          {mayChange ? t('view.changes', { time }) : t('view.reads', { time })}
        </p>
        {!mayChange && (
          <Button size="xs" variant="default" onClick={() => setAsking(true)}>
            {t('view.escalate')}
          </Button>
        )}
        <Button size="xs" variant="default" onClick={() => void end()}>
          {t('view.end')}
        </Button>
      </div>
      <ReasonDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('view.escalateTitle', { merchant: whose })}
        text={t('view.escalateText')}
        confirm={t('view.confirm')}
        onConfirm={escalate}
      />
    </section>
  )
}
