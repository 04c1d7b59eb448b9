import { useFormat } from '../i18n/format.ts'
import { useNowMs } from './now.ts'

interface Props {
  at: string
}

/** When something happened: "vandaag 14:03", with the full moment for who points at it. */
export const Moment = ({ at }: Props) => {
  const format = useFormat()
  const nowMs = useNowMs()
  return (
    <time dateTime={at} title={format.moment(at)}>
      {format.recent(at, nowMs)}
    </time>
  )
}

/** How far away something is: "over 5 minuten". */
export const Relative = ({ at }: Props) => {
  const format = useFormat()
  const nowMs = useNowMs()
  return (
    <time dateTime={at} title={format.moment(at)}>
      {format.relative(at, nowMs)}
    </time>
  )
}
