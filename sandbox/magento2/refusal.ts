/** An error of Magento: a sentence with places, what fills them, and the status (contract 4.6). */
export interface Refusal {
  status: number
  message: string
  parameters?: readonly string[] | Readonly<Record<string, string>>
  /** Only for several input errors at once. */
  errors?: readonly { message: string; parameters: Readonly<Record<string, string>> }[]
}

export const refusal = (
  status: number,
  message: string,
  parameters?: Refusal['parameters'],
): Refusal => ({ status, message, ...(parameters !== undefined && { parameters }) })

const required = '"%fieldName" is required. Enter and try again.'

/** Required things that are missing: one plainly, several as a list. */
export function missingFields(names: readonly string[]): Refusal {
  const [first = ''] = names
  if (names.length === 1) return refusal(400, required, { fieldName: first })
  return {
    status: 400,
    message: 'One or more input exceptions have occurred.',
    errors: names.map((fieldName) => ({ message: required, parameters: { fieldName } })),
  }
}

/** Nobody in particular, or somebody without this right: the same sentence (contract 4.6). */
export const notAuthorized = (resource: string): Refusal =>
  refusal(401, "The consumer isn't authorized to access %resources.", { resources: resource })

export const signatureInvalid = refusal(401, 'The signature is invalid. Verify and try again.')

/** The sentence with its places filled in, as the token endpoints print it. */
export function sentence({ message, parameters, errors }: Refusal): string {
  if (errors !== undefined) {
    return errors.map((each) => fill(each.message, each.parameters)).join(' ')
  }
  return fill(message, parameters)
}

function fill(message: string, parameters: Refusal['parameters']): string {
  const values = parameters ?? {}
  const named = Array.isArray(values)
    ? Object.fromEntries(values.map((value: string, index) => [String(index + 1), value]))
    : (values as Record<string, string>)
  return message.replace(/%(\w+)/g, (place, name: string) => named[name] ?? place)
}

const oldSentences: readonly (readonly [RegExp, string])[] = [
  [/^"(%fieldName)" is required\. Enter and try again\.$/, '$1 is a required field.'],
  [/^The signature is invalid\. Verify and try again\.$/, 'Invalid signature'],
  [/^The consumer isn't authorized to/, 'Consumer is not authorized to'],
  [/^The "%1" Oauth version isn't supported\.$/, 'OAuth version %1 is not supported'],
  [/^The token length is invalid\..*$/, 'Token is not the correct length'],
  [/^The entity that was requested doesn't exist\..*$/, "Requested entity doesn't exist"],
]

/** The sentence as Magento 2.0 and 2.1 had it, as far as the contract knows. */
export function inOldWords(refused: Refusal): Refusal {
  const found = oldSentences.find(([pattern]) => pattern.test(refused.message))
  return found === undefined
    ? refused
    : { ...refused, message: refused.message.replace(found[0], found[1]) }
}
