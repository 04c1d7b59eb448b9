import { useState } from 'react'
import { useAsk } from '../api/ask.ts'
import { call } from '../api/client.ts'
import type { Survey } from '../api/survey-queries.ts'
import { tellFailure } from '../booking/tell.ts'
import { useIntegration } from '../shell/integration.ts'
import { useSurveyRefresh } from './survey-refresh.ts'

export type Wish = 'start' | 'pause' | 'resume' | 'cancel'

/** Steers a survey; a second click while the first is on its way does nothing. */
export const useSteer = (survey: Pick<Survey, 'id'>) => {
  const { id } = useIntegration()
  const ask = useAsk()
  const refresh = useSurveyRefresh()
  const [busy, setBusy] = useState<Wish | null>(null)
  const steer = async (wish: Wish): Promise<void> => {
    if (busy !== null) return
    setBusy(wish)
    const said = await ask(() =>
      call('POST /api/integrations/:integrationId/surveys/:surveyId/steer', {
        params: { integrationId: id, surveyId: survey.id },
        body: { wish },
      }),
    )
    if (said.is === 'failed') tellFailure(said.error)
    // What is paid first begins by itself afterwards.
    if (said.is === 'answered' && said.answer.payPath !== null) {
      window.location.assign(said.answer.payPath)
      return
    }
    await refresh()
    setBusy(null)
  }
  return { busy, steer }
}
