import { useEffect, useRef, useState } from 'react'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import type { Side, Values } from '../api/configuration.ts'
import { Failure } from '../api/failure.ts'
import { useLanguage } from '../i18n/language.ts'
import { onCameBack, rememberPlace } from './own-window.ts'

const closedLookMs = 500
/** The news of a window that was closed may come a moment after it. */
const newsGraceMs = 1_500

export interface SigningIn {
  state: 'idle' | 'opening' | 'waiting' | 'closed'
  failure: unknown
  begin: (values: Values) => Promise<void>
}

/**
 * Signing in at a remote in a window of its own; where the browser opens none, in this one. The window is
 * opened by the click itself, or it would be blocked.
 */
export const useSignIn = (
  integrationId: string,
  side: Side,
  system: string,
  onBack: () => Promise<void>,
): SigningIn => {
  const ask = useAsk()
  const language = useLanguage()
  const [state, setState] = useState<SigningIn['state']>('idle')
  const [failure, setFailure] = useState<unknown>()
  const opened = useRef<Window | null>(null)
  const back = useRef(onBack)
  useEffect(() => {
    back.current = onBack
  })

  useEffect(() => {
    if (state !== 'waiting') return undefined
    let closedAtMs: number | null = null
    const watch = setInterval(() => {
      if (opened.current?.closed !== true) return
      closedAtMs ??= Date.now()
      if (Date.now() - closedAtMs < newsGraceMs) return
      setState('closed')
      void back.current()
    }, closedLookMs)
    const stop = onCameBack((news) => {
      if (news.integrationId !== integrationId || news.side !== side) return
      setState('idle')
      if (news.failed !== null) {
        call('GET /api/problems/:code', {
          params: { code: news.failed },
          query: { language, system },
        }).then(
          (problem) => setFailure(new Failure(problem, 200)),
          (error: unknown) => setFailure(error),
        )
      }
      void back.current()
    })
    return () => {
      clearInterval(watch)
      stop()
    }
  }, [state, integrationId, side, system, language])

  const begin = async (values: Values) => {
    if (state === 'opening') return
    setFailure(undefined)
    setState('opening')
    opened.current?.close()
    opened.current = window.open('', 'doorvoer-sign-in', 'popup,width=620,height=760')
    const own = opened.current
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/connections/:side/sign-in', {
        params: { integrationId, side },
        body: { values, ownWindow: own !== null },
      }),
    )
    if (said.is === 'failed') {
      own?.close()
      setFailure(said.error)
      setState('idle')
    } else if (own === null) {
      rememberPlace()
      window.location.assign(said.answer.goTo)
    } else {
      own.location.href = said.answer.goTo
      setState('waiting')
    }
  }
  return { state, failure, begin }
}
