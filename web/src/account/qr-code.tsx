import { encode } from 'uqr'

interface Props {
  text: string
  label: string
  className?: string | undefined
}

/** A code to point a phone at, drawn as one path. */
export const QrCode = ({ text, label, className }: Props) => {
  const { data, size } = encode(text, { border: 1 })
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')))
    .join('')
  return (
    <svg viewBox={`0 0 ${size} ${size}`} className={className} role="img" aria-label={label}>
      <path d={path} fill="currentColor" shapeRendering="crispEdges" />
    </svg>
  )
}
