/** `node shard.ts TARGET SEED INPUTS`: one target in a process of its own; prints what came of it as JSON. */
import { feed } from './feed.ts'
import { targets } from './targets.ts'

const [, , name = '', seed = '', inputs = ''] = process.argv
const target = targets.find((each) => each.name === name)
if (target === undefined) throw new Error(`there is no target ${name}`)
const fed = await feed(target, { seed: Number(seed), inputs: Number(inputs) })
process.stdout.write(JSON.stringify(fed))
