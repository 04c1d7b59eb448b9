import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { Suspense } from 'react'
import { meQuery, type Integration } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { LiveContext, useLive } from '../live.ts'
import styles from './frame.module.css'
import { IntegrationContext } from './integration.ts'
import { Missing } from './missing.tsx'
import { Notices } from './notices.tsx'
import { TabBar } from './tab-bar.tsx'
import { ViewBanner } from './view-banner.tsx'

const BookingDrawer = lazyRouteComponent(
  () => import('../booking/booking-drawer.tsx'),
  'BookingDrawer',
)

const route = getRouteApi('/signed-in/i/$integrationId')

/** Around every room of one integration. */
export const IntegrationFrame = () => {
  const { integrationId } = route.useParams()
  const { data: me } = useQuery({ ...meQuery(useLanguage()), placeholderData: keepPreviousData })
  const integration = me?.integrations.find(({ id }) => id === integrationId)
  return integration ? <Rooms key={integration.id} integration={integration} /> : <Missing />
}

interface Props {
  integration: Integration
}

const Rooms = ({ integration }: Props) => {
  const { booking } = route.useSearch()
  return (
    <IntegrationContext value={{ ...integration, mayChange: integration.role !== 'member' }}>
      <LiveContext value={useLive(integration.id)}>
        <ViewBanner />
        <TabBar integrationId={integration.id} />
        <Notices />
        <main id="content" className={styles['main']} tabIndex={-1}>
          <Outlet />
        </main>
        <Suspense>
          <BookingDrawer bookingId={booking} />
        </Suspense>
      </LiveContext>
    </IntegrationContext>
  )
}
