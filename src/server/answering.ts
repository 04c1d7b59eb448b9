import { z } from 'zod'
import { Trouble } from '../problems/reason.ts'
import { ProblemAnswer } from './problem-answer.ts'

/** A mistake in a form as an answer that names the field; a remote's trouble as what it is. */
export const answering = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof z.ZodError) {
      const field = error.issues[0]?.path.map(String).join('.') ?? ''
      throw new ProblemAnswer('INPUT_INVALID', { field })
    }
    if (error instanceof Trouble) throw new ProblemAnswer(error.reason.code, error.reason.params)
    throw error
  }
}
