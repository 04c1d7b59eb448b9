import { useTranslation } from 'react-i18next'
import { Relative } from '../parts/moment.tsx'
import { useNowMs } from '../parts/now.ts'

interface Props {
  at: string | null
}

/** When Doorvoer works on a sale again. */
export const NextAttempt = ({ at }: Props) => {
  const { t } = useTranslation('open')
  const nowMs = useNowMs()
  if (at === null) return t('nextNever')
  return Date.parse(at) <= nowMs ? t('nextNow') : <Relative at={at} />
}
