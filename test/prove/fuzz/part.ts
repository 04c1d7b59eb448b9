import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { nothing, type Part } from '../part.ts'
import { feed, type Fed } from './feed.ts'
import type { Target } from './target.ts'
import { targets } from './targets.ts'

const small = 150
const shard = path.join(import.meta.dirname, 'shard.ts')
const run = promisify(execFile)
/** From here on a process of its own is worth its start. */
const inputsApart = 2_000

const fedSchema = z.object({
  name: z.string(),
  inputs: z.number(),
  told: z.number(),
  cpu: z.number(),
  faults: z.array(z.string()),
})

const feedApart = async (
  { name }: Target,
  wish: { seed: number; inputs: number },
): Promise<Fed> => {
  const { stdout } = await run(process.execPath, [shard, name, `${wish.seed}`, `${wish.inputs}`], {
    maxBuffer: 16 * 1024 * 1024,
  })
  return fedSchema.parse(JSON.parse(stdout))
}

const inWords = ({ name, inputs, told, cpu }: Fed): string => {
  const rate = cpu === 0 ? '' : `, ${Math.round(inputs / cpu)} a second of processor time`
  return `${name}: ${inputs} inputs, ${told} told as trouble${rate}`
}

export const fuzz: Part = {
  name: 'fuzz',
  what: 'answers of all eight remotes, webhooks, calls of stores and shops, VAT and money, changed a little; --inputs for each, --jobs at once',
  async run({ seed, inputs, jobs }, tell) {
    const wish = { seed, inputs: inputs ?? small }
    const results: Fed[] = []
    const waiting = [...targets]
    const work = async (): Promise<void> => {
      for (let target = waiting.shift(); target !== undefined; target = waiting.shift()) {
        const fed = await (wish.inputs < inputsApart ? feed : feedApart)(target, wish)
        results.push(fed)
        if (wish.inputs >= inputsApart) tell(inWords(fed))
        for (const fault of fed.faults) tell(fault)
      }
    }
    await Promise.all(Array.from({ length: jobs }, work))
    return {
      ...nothing,
      faults: results.flatMap(({ faults }) => faults),
      figures: results.map(inWords),
    }
  },
}
