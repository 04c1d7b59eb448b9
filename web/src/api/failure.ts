import i18next from 'i18next'

/** A code of the catalogue in the words the server chose; also what every error answer carries. */
export interface Explained {
  code: string
  params: Record<string, string | number>
  text: string
  cause: string
  remedy: string
  /** Path of the page that explains the code; '' when there is none. */
  help: string
}

/** Why a call did not work, in words for the person at the screen. `status` is 0 when no answer came. */
export class Failure extends Error {
  readonly code: string
  readonly text: string
  override readonly cause: string
  readonly remedy: string
  readonly help: string
  readonly status: number
  /** The field of the form that is wrong, as the server names it; '' when it is about none. */
  readonly field: string
  /** The figures of the problem. */
  readonly params: Explained['params']

  constructor(
    explained: Omit<Explained, 'params' | 'help'> & Partial<Pick<Explained, 'params' | 'help'>>,
    status: number,
    field = '',
  ) {
    super(`${explained.code}: ${explained.text}`)
    this.name = 'Failure'
    this.code = explained.code
    this.text = explained.text
    this.cause = explained.cause
    this.remedy = explained.remedy
    this.help = explained.help ?? ''
    this.status = status
    this.field = field
    this.params = explained.params ?? {}
  }
}

/** The failure that an error answer carries; an answer from something else than Doorvoer gets words of ours. */
export const failureIn = (content: unknown, status: number): Failure => {
  const error = (content as { error?: Partial<Explained> } | undefined)?.error
  return typeof error?.code === 'string'
    ? new Failure(
        {
          code: error.code,
          text: error.text ?? error.code,
          cause: error.cause ?? '',
          remedy: error.remedy ?? '',
          help: error.help ?? '',
          params: error.params ?? {},
        },
        status,
        error.code === 'INPUT_INVALID' ? String(error.params?.['field'] ?? '') : '',
      )
    : ownFailure('unreadable', 'ANSWER_UNREADABLE', status)
}

/** What was to be saved was changed elsewhere meanwhile: a person has to say which version stays. */
export const isChanged = (thrown: unknown): boolean =>
  thrown instanceof Failure && thrown.code === 'CONFIGURATION_CHANGED'

export const noConnection = (): Failure => ownFailure('noConnection', 'NO_CONNECTION', 0)

/** Any thrown thing as a failure: a bug of the dashboard itself also has to be said in words. */
export const asFailure = (thrown: unknown): Failure =>
  thrown instanceof Failure ? thrown : ownFailure('fault', 'FAULT_IN_DASHBOARD', 0)

const ownFailure = (
  name: 'noConnection' | 'unreadable' | 'fault',
  code: string,
  status: number,
): Failure => {
  const say = (part: 'text' | 'cause' | 'remedy') =>
    i18next.t(`failure.${name}.${part}`, { ns: 'parts', status })
  return new Failure(
    { code, text: say('text'), cause: say('cause'), remedy: say('remedy') },
    status,
  )
}
