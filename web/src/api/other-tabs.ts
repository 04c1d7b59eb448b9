/**
 * The other tabs of this browser: what somebody changes in one is shown in all of them, without waiting until one is
 * looked at again. Nothing is said but that something changed; what it became, each asks for itself.
 */
const name = 'doorvoer'
const restMs = 300

const channel = 'BroadcastChannel' in self ? new BroadcastChannel(name) : undefined

export const tellOtherTabs = (): void => channel?.postMessage('changed')

/** @param act called after another tab changed something; once for a burst of changes */
export const hearOtherTabs = (act: () => void): void => {
  let timer: ReturnType<typeof setTimeout> | undefined
  channel?.addEventListener('message', () => {
    clearTimeout(timer)
    timer = setTimeout(act, restMs)
  })
}
