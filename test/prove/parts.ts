import type { Part } from './part.ts'
import { crash, pause } from '../crash/part.ts'
import { kills, recover } from './siege/part.ts'
import { ambiguous } from './ambiguous/part.ts'
import { halfopen } from './halfopen/part.ts'
import { clock } from './clock/part.ts'
import { fuzz } from './fuzz/part.ts'
import { model } from './model/part.ts'
import { money } from './money/part.ts'
import { disk } from './disk/part.ts'
import { upgrade } from './upgrade/part.ts'
import { simulate } from './simulate/part.ts'

/** Every part of the proof, in the order in which they run. */
export const parts: readonly Part[] = [
  simulate,
  crash,
  pause,
  kills,
  recover,
  ambiguous,
  halfopen,
  disk,
  clock,
  upgrade,
  model,
  money,
  fuzz,
]
