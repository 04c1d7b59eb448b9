import { callTargets } from './calls.ts'
import { inputTargets } from './inputs.ts'
import { remoteTargets } from './remotes.ts'
import type { Target } from './target.ts'

/** Everything that reads what comes from outside. */
export const targets: readonly Target[] = [...remoteTargets, ...callTargets, ...inputTargets]
