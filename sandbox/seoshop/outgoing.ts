/** What the other side answered; status 0 when it gave no whole answer. */
export interface RemoteAnswer {
  status: number
  body: string
}

export interface OutgoingCall {
  method: 'GET' | 'POST'
  address: string
  headers?: Record<string, string>
  body?: string
  timeoutMs: number
}

const answerMax = 64 * 1024

/** The platform's own calls. Never rejects: no answer is an answer too. */
export async function callOut(call: OutgoingCall): Promise<RemoteAnswer> {
  try {
    const answer = await fetch(call.address, {
      method: call.method,
      redirect: 'manual',
      signal: AbortSignal.timeout(call.timeoutMs),
      ...(call.headers && { headers: call.headers }),
      ...(call.body !== undefined && { body: call.body }),
    })
    return { status: answer.status, body: (await answer.text()).slice(0, answerMax) }
  } catch (error) {
    return { status: 0, body: error instanceof Error ? error.message : String(error) }
  }
}
