import type { Configuration } from '../api/configuration.ts'

const stepNames = ['terms', 'webshop', 'accounting', 'configure', 'done'] as const
export type StepName = (typeof stepNames)[number]

export const isStepName = (text: unknown): text is StepName =>
  stepNames.some((name) => name === text)

export interface Step {
  name: StepName
  done: boolean
}

/** How far an installation is. It can be left at any step and taken up at the first that is not done. */
export const stepsOf = (
  { webshop, accounting, saved }: Pick<Configuration, 'webshop' | 'accounting' | 'saved'>,
  termsAccepted: boolean,
  active: boolean,
): Step[] => [
  { name: 'terms', done: termsAccepted },
  { name: 'webshop', done: webshop.dot === 'green' },
  { name: 'accounting', done: accounting.dot === 'green' },
  { name: 'configure', done: saved },
  { name: 'done', done: active },
]

/** The first step that is not done, or the last. */
export const nextStep = (steps: readonly Step[]): StepName =>
  steps.find(({ done }) => !done)?.name ?? 'done'
