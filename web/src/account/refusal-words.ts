import { Failure } from '../api/failure.ts'
import type { SaidByDoor } from '../api/session.ts'

type Refusal = Extract<SaidByDoor<unknown>, { is: 'failed' }>
type Say = (key: 'refused.tooMany' | 'refused.stale' | 'refused.other') => string

/** What the door refuses on the account page, in words of ours. */
export const refusalWords = ({ failure, code }: Refusal, say: Say): Failure => {
  if (failure.status === 0 || failure.status >= 500) return failure
  const key =
    failure.status === 429
      ? 'refused.tooMany'
      : code === 'SESSION_NOT_FRESH'
        ? 'refused.stale'
        : 'refused.other'
  return new Failure({ code: '', text: say(key), cause: '', remedy: '' }, failure.status)
}
