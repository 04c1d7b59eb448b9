import { Drawer } from '@mantine/core'
import { IconFileUnknown } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Failure } from '../api/failure.ts'
import { bookingQuery } from '../api/queries.ts'
import { useLanguage } from '../i18n/language.ts'
import { EmptyNotice } from '../parts/empty-notice.tsx'
import { QueryFailure } from '../parts/query-failure.tsx'
import { useIntegration } from '../shell/integration.ts'
import { BookingDetail, BookingDetailLoading } from './booking-detail.tsx'
import styles from './booking-room.module.css'

interface Props {
  bookingId: string
}

/** The inside of the drawer: the sale, or why there is none to show. */
export const BookingRoom = ({ bookingId }: Props) => {
  const { t } = useTranslation('booking')
  const { id } = useIntegration()
  const query = useQuery(bookingQuery(id, bookingId, useLanguage()))
  const { data, error } = query
  const missing = error instanceof Failure && [400, 404].includes(error.status)
  return (
    <>
      <div className={styles['header']}>
        <Drawer.Title className={styles['title'] ?? ''}>
          {data ? `${t(`kind.${data.booking.kind}`)} ${data.booking.number}` : t('moreInfo')}
        </Drawer.Title>
        <Drawer.CloseButton aria-label={t('close')} size="lg" />
      </div>
      <Drawer.Body className={styles['body'] ?? ''}>
        {missing ? (
          <EmptyNotice icon={IconFileUnknown} title={t('missing.title')} text={t('missing.text')} />
        ) : data ? (
          <BookingDetail {...data} />
        ) : error ? (
          <QueryFailure query={query} />
        ) : (
          <BookingDetailLoading />
        )}
      </Drawer.Body>
    </>
  )
}
