import { Failure } from '../api/failure.ts'

type SayDoor = (key: 'wrong' | 'wrongRemedy' | 'tooMany' | 'tooManyRemedy') => string

/** The door answers in its own words for the two refusals that people meet. */
export const doorWords = (failure: Failure, say: SayDoor): Failure => {
  const explained = (text: string, remedy: string) =>
    new Failure({ code: '', text, cause: '', remedy }, failure.status)
  if ([400, 401, 403].includes(failure.status)) return explained(say('wrong'), say('wrongRemedy'))
  if (failure.status === 429) return explained(say('tooMany'), say('tooManyRemedy'))
  return failure
}
