import { useNetwork } from '@mantine/hooks'
import { IconPlayerStop, IconPlugConnectedX, IconTool, IconWifiOff } from '@tabler/icons-react'
import { Link, useMatchRoute } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useLiveState } from '../live.ts'
import { useIntegration } from './integration.ts'
import { Notice } from './notice.tsx'

/** What stands in the way of the integration as a whole, or of seeing it as it is now. */
export const Notices = () => {
  const { t } = useTranslation('shell')
  const { online } = useNetwork()
  const live = useLiveState()
  const { id, state, webshop, accounting } = useIntegration()
  const isInstalling = useMatchRoute()({ to: '/i/$integrationId/install' }) !== false
  const broken = [webshop, accounting].filter(({ dot }) => dot === 'red')
  return (
    <>
      {!online ? (
        <Notice
          icon={IconWifiOff}
          tone="amber"
          title={t('offline.title')}
          text={t('offline.text')}
        />
      ) : (
        live === 'reconnecting' && (
          <Notice icon={IconWifiOff} tone="amber" title={t('lost.title')} text={t('lost.text')} />
        )
      )}
      {state === 'stopped' && (
        <Notice
          icon={IconPlayerStop}
          tone="gray"
          title={t('stopped.title')}
          text={t('stopped.text')}
        />
      )}
      {state === 'installing' && !isInstalling && (
        <Notice
          icon={IconTool}
          tone="gray"
          title={t('installing.title')}
          text={t('installing.text')}
        >
          <Link to="/i/$integrationId/install" params={{ integrationId: id }}>
            {t('installing.goOn')}
          </Link>
        </Notice>
      )}
      {state !== 'stopped' &&
        !isInstalling &&
        broken.map(({ system, title, problem }) => (
          <Notice
            key={system}
            icon={IconPlugConnectedX}
            tone="red"
            title={problem?.text ?? t('broken.title', { system: title })}
            text={problem ? `${problem.cause} ${problem.remedy}` : ''}
          />
        ))}
    </>
  )
}
