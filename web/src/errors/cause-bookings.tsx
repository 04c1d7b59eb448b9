import { Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { bookingsQuery, type Booking, type Narrowing } from '../api/queries.ts'
import { useDeeds } from '../booking/deeds.ts'
import { IgnoreDialog } from '../booking/ignore-dialog.tsx'
import { useUnderWay } from '../booking/under-way.ts'
import { useLanguage } from '../i18n/language.ts'
import { QueryFailure } from '../parts/query-failure.tsx'
import { ListLoading } from '../parts/list-loading.tsx'
import { LoadMore } from '../parts/load-more.tsx'
import { narrowScreen } from '../parts/screen.ts'
import { useIntegration } from '../shell/integration.ts'
import styles from './cause-bookings.module.css'
import { ErrorCards } from './error-cards.tsx'
import { ErrorTable } from './error-table.tsx'
import { SelectionBar } from './selection-bar.tsx'

interface Props {
  code: string
  period: Pick<Narrowing, 'from' | 'until'>
}

/** The sales of one cause, to be looked at, selected, processed or put aside. */
export const CauseBookings = ({ code, period }: Props) => {
  const { id, mayChange } = useIntegration()
  const deeds = useDeeds(id)
  const underWay = useUnderWay()
  const narrow = useMediaQuery(narrowScreen, false, { getInitialValueInEffect: false })
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [ignoring, setIgnoring] = useState<readonly Booking[]>([])
  const query = useInfiniteQuery(bookingsQuery(id, useLanguage(), 'errors', { code, ...period }))
  const { data, error } = query

  if (query.isPending) {
    return (
      <div className={styles['pad']}>
        <ListLoading rows={3} />
      </div>
    )
  }
  const bookings = data?.pages.flatMap((page) => page.items) ?? []
  // What left the list, or is under way, is no longer selected.
  const free = bookings.filter((booking) => underWay(booking) === null)
  const selected = free.filter((booking) => ticked.has(booking.id))
  const List = narrow ? ErrorCards : ErrorTable

  const clear = () => setTicked(new Set())
  const process = (asked: readonly Booking[]) => {
    deeds.process(asked)
    clear()
  }

  return (
    <Stack gap={0}>
      {error && (
        <div className={styles['pad']}>
          <QueryFailure query={query} />
        </div>
      )}
      {mayChange && (
        <SelectionBar
          free={free.length}
          selected={selected.length}
          onAll={(all) => setTicked(new Set(all ? free.map((booking) => booking.id) : []))}
          onProcess={() => process(selected)}
          onIgnore={() => setIgnoring(selected)}
        />
      )}
      <List
        bookings={bookings}
        deedOf={underWay}
        mayChange={mayChange}
        isSelected={(booking) => ticked.has(booking.id)}
        onSelect={(booking, on) => {
          const next = new Set(ticked)
          if (on) next.add(booking.id)
          else next.delete(booking.id)
          setTicked(next)
        }}
        onProcess={(booking) => process([booking])}
        onIgnore={(booking) => setIgnoring([booking])}
      />
      <div className={styles['foot']}>
        <LoadMore query={query} />
      </div>
      <IgnoreDialog
        count={ignoring.length}
        onConfirm={() => {
          deeds.ignore(ignoring)
          clear()
        }}
        onClose={() => setIgnoring([])}
      />
    </Stack>
  )
}
