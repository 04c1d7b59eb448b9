import type { Part } from './part.ts'
import { crash } from '../crash/part.ts'
import { fuzz } from './fuzz/part.ts'
import { simulate } from './simulate/part.ts'

/** Every part of the proof, in the order in which they run. */
export const parts: readonly Part[] = [simulate, crash, fuzz]
