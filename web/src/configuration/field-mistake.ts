import type { FormField, Value, Values } from '../api/configuration.ts'

/** What is wrong with the value of a field, as a key of the words; null when nothing is. */
export type Mistake = 'required' | 'date' | 'number' | 'pattern' | 'url' | 'tooLong' | 'refused'

const isWebAddress = (text: string): boolean =>
  ['http:', 'https:'].includes(URL.parse(text)?.protocol ?? '')

const textMistake = (field: FormField, text: string, keepsSecret: boolean): Mistake | null => {
  if (text === '') return field.required && !keepsSecret ? 'required' : null
  if (field.maxLength !== undefined && text.length > field.maxLength) return 'tooLong'
  if (field.kind === 'url' && !isWebAddress(text)) return 'url'
  const { pattern } = field
  return pattern !== undefined && !new RegExp(pattern).test(text) ? 'pattern' : null
}

/**
 * The same rules as the server's, said before anything is sent.
 * @param keepsSecret a secret that is left empty stays what it was
 */
const mistakeIn = (
  field: FormField,
  value: Value | undefined,
  keepsSecret = false,
): Mistake | null => {
  switch (field.kind) {
    case 'text':
    case 'url':
    case 'secret':
      return textMistake(
        field,
        typeof value === 'string' ? value.trim() : '',
        keepsSecret && field.kind === 'secret',
      )
    case 'number': {
      const fits =
        typeof value === 'number' &&
        value >= (field.min ?? -Infinity) &&
        value <= (field.max ?? Infinity)
      return fits ? null : 'number'
    }
    // What the browser's own control hands over is a day or nothing.
    case 'date':
    case 'switch':
    case 'choice':
    case 'choices':
      return null
  }
}

export type Mistakes = Readonly<Record<string, Mistake>>

/** What is wrong in a form, by the names of its fields. */
export const mistakesIn = (
  fields: readonly FormField[],
  values: Values,
  keepsSecrets = false,
): Mistakes =>
  Object.fromEntries(
    fields.flatMap((field) => {
      const mistake = mistakeIn(field, values[field.name], keepsSecrets)
      return mistake === null ? [] : [[field.name, mistake]]
    }),
  )

/** Days of which only a part is filled in: the browser's control hands over nothing, as for none. */
export const halfDays = (fields: readonly FormField[]): Mistakes =>
  Object.fromEntries(
    fields.flatMap(({ name, kind }) => {
      if (kind !== 'date') return []
      const control = document.querySelector<HTMLInputElement>(`input[type=date][name=${name}]`)
      return control?.validity.badInput ? [[name, 'date' as const]] : []
    }),
  )
