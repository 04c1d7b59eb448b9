import type { Side } from '../api/configuration.ts'

/** What the window in which somebody signed in at a remote tells the page that opened it. */
export interface CameBack {
  integrationId: string
  side: Side
  /** A code of the catalogue, when it did not work. */
  failed: string | null
}

const channelName = 'doorvoer-came-back'
const returnKey = 'doorvoer-return-to'

export const tellCameBack = (news: CameBack): void => {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage(news)
  channel.close()
}

/** Listens until the returned function is called. */
export const onCameBack = (listener: (news: CameBack) => void): (() => void) => {
  const channel = new BroadcastChannel(channelName)
  channel.onmessage = ({ data }: MessageEvent<CameBack>) => listener(data)
  return () => channel.close()
}

/** Where somebody was who left this window for a remote's own pages; a path of ours. */
export const rememberPlace = (): void => {
  try {
    sessionStorage.setItem(returnKey, window.location.pathname + window.location.search)
  } catch {
    // Without storage they come back to the beginning of the installation.
  }
}

export const rememberedPlace = (integrationId: string): string => {
  const otherwise = `/i/${integrationId}/install`
  try {
    const place = sessionStorage.getItem(returnKey)
    sessionStorage.removeItem(returnKey)
    return place?.startsWith(`/i/${integrationId}/`) === true ? place : otherwise
  } catch {
    return otherwise
  }
}
