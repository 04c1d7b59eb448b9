import { useTranslation } from 'react-i18next'
import { PageHead } from '../parts/page-head.tsx'
import { useIntegration } from '../shell/integration.ts'
import { DataPanel } from './data-panel.tsx'
import { LicencePanel } from './licence-panel.tsx'
import { NotificationsPanel } from './notifications-panel.tsx'
import { PeoplePanel } from './people-panel.tsx'
import styles from './profile.module.css'
import { StopPanel } from './stop-panel.tsx'
import { TermsPanel } from './terms-panel.tsx'

/** The Profile tab: who works here, who is told what, the licence and its invoices, and the way out. */
export const ProfilePage = () => {
  const { t } = useTranslation('profile')
  const { id, name, merchantId, merchant, state, role, mayChange } = useIntegration()
  return (
    <>
      <PageHead title={t('title')} intro={t('intro')} of={name} />
      <div className={styles['column']}>
        <PeoplePanel merchantId={merchantId} merchant={merchant} role={role} />
        <NotificationsPanel integrationId={id} mayChange={mayChange} />
        <LicencePanel integrationId={id} mayChange={mayChange} />
        <TermsPanel integrationId={id} />
        {mayChange && (
          <>
            {state !== 'stopped' && <StopPanel integrationId={id} name={name} />}
            <DataPanel merchantId={merchantId} merchant={merchant} mayDelete={role === 'owner'} />
          </>
        )}
      </div>
    </>
  )
}
