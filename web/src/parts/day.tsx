import { useFormat } from '../i18n/format.ts'

interface Props {
  day: string | null
}

/** A date without a time, or a dash while it is not known. */
export const Day = ({ day }: Props) => {
  const format = useFormat()
  return day === null ? '–' : <time dateTime={day}>{format.day(day)}</time>
}
