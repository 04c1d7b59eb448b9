import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { notificationsQuery } from '../api/queries.ts'
import { ListLoading } from '../parts/list-loading.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { SectionPanel } from '../parts/section-panel.tsx'
import { NotificationsForm } from './notifications-form.tsx'

interface Props {
  integrationId: string
  mayChange: boolean
}

/** Who is told what by mail. */
export const NotificationsPanel = ({ integrationId, mayChange }: Props) => {
  const { t } = useTranslation('profile')
  const notifications = useQuery(notificationsQuery(integrationId))
  return (
    <SectionPanel title={t('mails.title')} intro={t('mails.intro')}>
      <QueryFailure query={notifications} />
      {notifications.isPending && <ListLoading rows={2} />}
      {notifications.data && (
        <NotificationsForm
          integrationId={integrationId}
          kept={notifications.data}
          mayChange={mayChange}
        />
      )}
    </SectionPanel>
  )
}
