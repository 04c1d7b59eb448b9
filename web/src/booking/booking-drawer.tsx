import { Drawer } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { BookingRoom } from './booking-room.tsx'

interface Props {
  /** The sale that the address names; undefined: none. */
  bookingId: string | undefined
}

/**
 * Everything about one sale, over the list it was opened from. Its address can be passed on. It is always
 * there, mostly closed, so that the keyboard returns to where it was opened.
 */
export const BookingDrawer = ({ bookingId }: Props) => {
  const navigate = useNavigate()
  // While it slides away it still shows what it showed.
  const [shown, setShown] = useState(bookingId)
  if (bookingId !== undefined && bookingId !== shown) setShown(bookingId)

  const close = () =>
    void navigate({
      to: '.',
      search: ({ booking: _closed, ...search }) => search,
      resetScroll: false,
    })

  return (
    <Drawer.Root opened={bookingId !== undefined} onClose={close} position="right" size="44rem">
      <Drawer.Overlay backgroundOpacity={0.4} />
      <Drawer.Content>
        {shown !== undefined && <BookingRoom key={shown} bookingId={shown} />}
      </Drawer.Content>
    </Drawer.Root>
  )
}
