import { Button } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconEye,
  IconMinus,
  type Icon,
} from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Shown } from '../api/configuration.ts'
import { useDeeds } from '../booking/deeds.ts'
import { CodeMark } from '../parts/code-mark.tsx'
import { useIntegration } from '../shell/integration.ts'
import styles from './preview.module.css'

const looks: Record<Shown['outcome'], { tone: 'green' | 'amber' | 'red' | 'gray'; icon: Icon }> = {
  books: { tone: 'green', icon: IconCheck },
  'wants-go-ahead': { tone: 'amber', icon: IconEye },
  waits: { tone: 'amber', icon: IconClock },
  refused: { tone: 'red', icon: IconAlertTriangle },
  closed: { tone: 'gray', icon: IconMinus },
  booked: { tone: 'green', icon: IconCheck },
  'in-books': { tone: 'gray', icon: IconMinus },
}

interface Props {
  shown: Shown
  onChanged: () => void
}

/** The one thing somebody wants to know: what would become of this sale. */
export const Outcome = ({ shown, onChanged }: Props) => {
  const { t } = useTranslation('preview')
  const { id, accounting, mayChange } = useIntegration()
  const deeds = useDeeds(id)
  const [busy, setBusy] = useState(false)
  const { outcome, problem, remoteNumber, bookingId, seal } = shown
  const { tone, icon: Sign } = looks[outcome]
  const words = { system: accounting.title, number: remoteNumber ?? '' }

  const pass = async () => {
    if (bookingId === null || seal === null || busy) return
    setBusy(true)
    await deeds.passSeen(bookingId, seal)
    setBusy(false)
    onChanged()
  }
  return (
    <div className={styles['outcome']} data-tone={tone} role="status">
      <Sign size={24} stroke={2.2} aria-hidden />
      <div>
        <p className={styles['verdict']}>{t(`outcome.${outcome}`, words)}</p>
        {problem && outcome !== 'wants-go-ahead' && (
          <p>
            {problem.text} {problem.remedy} <CodeMark code={problem.code} />
          </p>
        )}
        {outcome === 'wants-go-ahead' && (
          <p>
            {problem && <>{problem.text} </>}
            {t(bookingId === null ? 'goAheadLater' : 'goAheadNow')}
          </p>
        )}
      </div>
      {outcome === 'wants-go-ahead' && bookingId !== null && mayChange && (
        <Button loading={busy} onClick={() => void pass()}>
          {t('goAhead')}
        </Button>
      )}
    </div>
  )
}
