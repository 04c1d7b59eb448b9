import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, type RefObject } from 'react'

/**
 * On a phone the tabs are wider than the screen: the one of this page is moved to where it is seen, whenever
 * another one becomes that, or counts that come in make the tabs wider.
 */
export const useActiveInView = (): RefObject<HTMLDivElement | null> => {
  const router = useRouter()
  const bar = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const tabs = bar.current
    if (tabs === null) return
    const show = () => {
      const active = tabs.querySelector<HTMLElement>('[aria-current=page]')
      if (active === null) return
      // Only sideways: the page itself stays where it was scrolled to.
      tabs.scrollLeft = active.offsetLeft - (tabs.clientWidth - active.offsetWidth) / 2
    }
    show()
    const watcher = new MutationObserver(show)
    watcher.observe(tabs, { subtree: true, childList: true, attributeFilter: ['aria-current'] })
    // When a page stands the router puts back what was scrolled on the one before, the tabs too.
    const stop = router.subscribe('onRendered', show)
    return () => {
      watcher.disconnect()
      stop()
    }
  }, [router])
  return bar
}
