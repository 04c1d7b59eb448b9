import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** What `node --cpu-prof` writes, as far as it is read here. */
interface RawProfile {
  nodes: {
    id: number
    callFrame: { functionName: string; url: string; lineNumber: number }
    children?: number[]
  }[]
  /** Microseconds of the monotonic clock. */
  startTime: number
  samples: number[]
  timeDeltas: number[]
}

export interface Share {
  name: string
  ms: number
}

export interface ProfileSummary {
  /** Time on the CPU within the window, in milliseconds. */
  busyMs: number
  /** By package, or room of ours: where the processor was. */
  rooms: Share[]
  /** By function: where the processor was. */
  own: Share[]
  /** Our functions with everything they call. */
  inclusive: Share[]
}

const project = path.resolve(import.meta.dirname, '..')
const idle = new Set(['(idle)', '(root)'])

const fileOf = (url: string): string => {
  const file = url.startsWith('file://') ? new URL(url).pathname : url
  return file.startsWith(project) ? file.slice(project.length + 1) : file
}

const roomOf = (name: string, file: string): string => {
  if (file === '') return name.startsWith('(') ? name : 'V8 and Node natives'
  if (file.startsWith('node:')) return file.split('/').slice(0, 2).join('/')
  const parts = file.split('/')
  const modules = parts.lastIndexOf('node_modules')
  if (modules >= 0) {
    const [scope = '', second = ''] = parts.slice(modules + 1)
    return scope.startsWith('@') ? `${scope}/${second}` : scope
  }
  return parts.slice(0, parts[1] === 'connectors' ? 3 : 2).join('/')
}

const largest = (times: ReadonlyMap<string, number>): Share[] =>
  [...times]
    .map(([name, ms]) => ({ name, ms }))
    .filter(({ ms }) => ms >= 0.5)
    .sort((one, other) => other.ms - one.ms)

/** Sums up the samples between two moments of the monotonic clock. */
export const summarise = async (
  file: string,
  fromMs: number,
  toMs: number,
): Promise<ProfileSummary> => {
  const profile = JSON.parse(await readFile(file, 'utf8')) as RawProfile
  const parents = new Map<number, number>()
  const names = new Map<number, { label: string; room: string; isOurs: boolean; isIdle: boolean }>()
  for (const { id, callFrame, children = [] } of profile.nodes) {
    for (const child of children) parents.set(child, id)
    const source = fileOf(callFrame.url)
    const name = callFrame.functionName === '' ? '(anonymous)' : callFrame.functionName
    names.set(id, {
      label: source === '' ? name : `${name} ${source}:${callFrame.lineNumber + 1}`,
      room: roomOf(name, source),
      isOurs: source.startsWith('src/'),
      isIdle: idle.has(name),
    })
  }

  const rooms = new Map<string, number>()
  const own = new Map<string, number>()
  const inclusive = new Map<string, number>()
  const add = (to: Map<string, number>, name: string, ms: number) =>
    void to.set(name, (to.get(name) ?? 0) + ms)
  let busyMs = 0
  let nowMs = profile.startTime / 1000
  for (const [index, sample] of profile.samples.entries()) {
    const ms = (profile.timeDeltas[index] ?? 0) / 1000
    nowMs += ms
    const leaf = names.get(sample)
    if (leaf === undefined || leaf.isIdle || nowMs < fromMs || nowMs > toMs) continue
    busyMs += ms
    add(rooms, leaf.room, ms)
    add(own, leaf.label, ms)
    const met = new Set<string>()
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const frame = names.get(id)
      if (frame?.isOurs === true) met.add(frame.label)
    }
    for (const label of met) add(inclusive, label, ms)
  }
  return {
    busyMs,
    rooms: largest(rooms),
    own: largest(own),
    inclusive: largest(inclusive),
  }
}
