import { useLocation } from '@tanstack/react-router'
import { useEffect, useRef, type RefObject } from 'react'

/** On a phone the tabs are wider than the screen: the one of this page is moved to where it is seen. */
export const useActiveInView = (): RefObject<HTMLDivElement | null> => {
  const bar = useRef<HTMLDivElement>(null)
  const pathname = useLocation({ select: (location) => location.pathname })
  useEffect(() => {
    const active = bar.current?.querySelector<HTMLElement>('[aria-current=page]')
    if (bar.current === null || active == null) return
    // Only sideways: the page itself stays where it was scrolled to.
    bar.current.scrollLeft = active.offsetLeft - (bar.current.clientWidth - active.offsetWidth) / 2
  }, [pathname])
  return bar
}
