import { useTranslation } from 'react-i18next'

/** How long something has been going on, in the largest unit that fits. */
export const useDuration = (): ((seconds: number) => string) => {
  const { t } = useTranslation('operator')
  return (seconds) => {
    if (seconds < 90) return t('duration.seconds', { count: seconds })
    if (seconds < 5_400) return t('duration.minutes', { count: Math.round(seconds / 60) })
    if (seconds < 129_600) return t('duration.hours', { count: Math.round(seconds / 3_600) })
    return t('duration.days', { count: Math.round(seconds / 86_400) })
  }
}
