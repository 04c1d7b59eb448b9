import type { Settings } from '../api/configuration.ts'
import type { Mistakes } from './field-mistake.ts'

/** What a section about the integration's own settings needs. */
export interface PartProps {
  settings: Settings
  mistakes: Mistakes
  disabled: boolean
  onChange: (part: Partial<Settings>) => void
}
