import { Textarea } from '@mantine/core'
import { useState } from 'react'

/** One of the texts of a list, as somebody types it: on lines, or with commas. */
const listOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,;]/)
      .map((each) => each.trim())
      .filter((each) => each !== ''),
  ),
]

interface ListInputProps {
  label: string
  help: string
  values: readonly string[]
  disabled: boolean
  error?: string | undefined
  onChange: (values: string[]) => void
}

/** A short list as text; what is typed stays as it was typed, also "BE, " on the way to "BE, DE". */
export const ListInput = ({ label, help, values, disabled, error, onChange }: ListInputProps) => {
  const [typed, setTyped] = useState(values.join(', '))
  const shown = listOf(typed).join() === values.join() ? typed : values.join(', ')
  return (
    <Textarea
      label={label}
      description={help}
      value={shown}
      disabled={disabled}
      error={error}
      autosize
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        onChange(listOf(event.currentTarget.value))
      }}
    />
  )
}
