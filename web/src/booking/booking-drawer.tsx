import { Drawer } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useQuery } from '@tanstack/react-query'
import { IconFileUnknown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api/failure.ts'
import { bookingQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { BookingDetail, BookingDetailLoading } from './booking-detail.tsx'
import styles from './booking-drawer.module.css'

interface Props {
  bookingId: string
}

/** Everything about one sale, over the list it was opened from. Its address can be passed on. */
export const BookingDrawer = ({ bookingId }: Props) => {
  const { t } = useTranslation('booking')
  const navigate = useNavigate()
  const { id } = useIntegration()
  const query = useQuery(bookingQuery(id, bookingId, useLanguage()))
  const { data, error } = query
  const missing = error instanceof Failure && [400, 404].includes(error.status)

  const close = () =>
    void navigate({
      to: '.',
      search: ({ booking: _closed, ...search }) => search,
      resetScroll: false,
    })

  return (
    <Drawer.Root opened onClose={close} position="right" size="44rem">
      <Drawer.Overlay backgroundOpacity={0.4} />
      <Drawer.Content>
        <div className={styles['header']}>
          <Drawer.Title className={styles['title'] ?? ''}>
            {data ? `${t(`kind.${data.booking.kind}`)} ${data.booking.number}` : t('moreInfo')}
          </Drawer.Title>
          <Drawer.CloseButton aria-label={t('close')} size="lg" />
        </div>
        <Drawer.Body className={styles['body'] ?? ''}>
          {missing ? (
            <EmptyNotice
              icon={IconFileUnknown}
              title={t('missing.title')}
              text={t('missing.text')}
            />
          ) : error && !data ? (
            <QueryFailure query={query} />
          ) : data ? (
            <BookingDetail {...data} />
          ) : (
            <BookingDetailLoading />
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}
