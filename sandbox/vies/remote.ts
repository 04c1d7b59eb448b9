import { type SandboxAnswer, type SandboxRequest } from '../kit/server.ts'
import { text } from '../kit/message.ts'
import { errorAnswer, getAnswer, postAnswer, statusAnswer } from './answer.ts'
import { checkNumber } from './check.ts'
import { type GarbageRule } from './garbage.ts'
import { type Question, readGet, readPost } from './question.ts'
import { type Result } from './result.ts'
import { spoil } from './spoil.ts'
import { type Vies } from './vies.ts'

/** Where the API lives (contract 1.1). */
export const basePath = '/taxation_customs/vies/rest-api'

const slowMsDefault = 15_000

/** The service's front door: which call, and whether its answer gets there in one piece. */
export interface Remote {
  handle(request: SandboxRequest): Promise<SandboxAnswer>
  rateLimited(): SandboxAnswer
  unauthorized(): SandboxAnswer
}

/** Makes the front door of a service. */
export function createRemote(vies: Vies): Remote {
  return {
    // There is no such answer here: these are the nearest ones.
    rateLimited: () => errorAnswer('GLOBAL_MAX_CONCURRENT_REQ', vies.switches),
    unauthorized: () => errorAnswer('IP_BLOCKED', vies.switches),
    handle: async (request) => {
      if (!request.path.startsWith(`${basePath}/`)) return text('not found', 404)
      const rule = vies.garbage.take(request.rawUrl)
      const answer = await answerCall(vies, request, rule)
      if (rule === undefined) return answer
      if (rule.kind === 'slow') await vies.timers.pause(rule.delayMs ?? slowMsDefault)
      return spoil(answer, rule)
    },
  }
}

async function answerCall(
  vies: Vies,
  request: SandboxRequest,
  rule: GarbageRule | undefined,
): Promise<SandboxAnswer> {
  const { switches } = vies
  const path = request.path.slice(basePath.length)
  if (path === '/check-status') {
    if (request.method !== 'GET') return notAllowed(vies)
    vies.ledger.countStatusCall()
    return statusAnswer(vies.states.list(), switches)
  }

  if (path === '/check-vat-number' || path === '/check-vat-test-service') {
    if (request.method !== 'POST') return notAllowed(vies)
    const call = path === '/check-vat-number' ? 'check-vat-number' : 'check-vat-test-service'
    if (request.headers['content-type']?.includes('json') !== true) {
      return errorAnswer('INVALID_INPUT', switches, 415)
    }
    const question = readPost(call, request.body, switches)
    if (question === undefined) return errorAnswer('INVALID_INPUT', switches, 400)
    const { at, result } = await ask(vies, question, rule)
    return postAnswer(question, result, { at, switches })
  }

  const question = readGet(path, request.query, switches)
  if (question === undefined) return errorAnswer('INVALID_INPUT', switches, 404)
  if (request.method !== 'GET') return notAllowed(vies)
  const { at, result } = await ask(vies, question, rule)
  return getAnswer(question, result, { at })
}

async function ask(
  vies: Vies,
  question: Question,
  rule: GarbageRule | undefined,
): Promise<{ at: Date; result: Result }> {
  const at = vies.now()
  const fillIn = vies.ledger.ask(question, { at, garbage: rule?.kind ?? '' })
  const result = await checkNumber(vies, question)
  fillIn(result)
  return { at, result }
}

function notAllowed({ switches }: Vies): SandboxAnswer {
  return errorAnswer('INVALID_INPUT', switches, 405)
}
