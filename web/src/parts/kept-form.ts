import { useForm, type UseFormInput, type UseFormReturnType } from '@mantine/form'
import { forget, keep, keptOr } from '../api/kept.ts'

type Form<T extends Record<string, unknown>> = UseFormReturnType<T> & {
  /** Empties the fields: what was typed has been sent. */
  clear: () => void
}

/**
 * A form whose fields outlive its page: a step aside and back, and signing in again after a session that ended.
 * @param key names the person, where there is one, and the form; see api/kept.ts
 */
export const useKeptForm = <T extends Record<string, unknown>>(
  key: string,
  { initialValues, validate }: { initialValues: T; validate: UseFormInput<T>['validate'] & {} },
): Form<T> => {
  const form = useForm<T>({
    initialValues: keptOr(key, initialValues),
    onValuesChange: (typed) => keep(key, typed),
    validate,
  })
  const clear = () => {
    form.setValues(initialValues)
    forget(key)
  }
  return { ...form, clear }
}
