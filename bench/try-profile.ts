import { openStage } from './stage.ts'
import { drainContender } from './drain.ts'
import { streamTo } from './steady.ts'
import { makeFolder } from './server.ts'
import { monotonicMs } from './moment.ts'
import { summarise } from './cpu-profile.ts'
import { countStatements } from './statements.ts'
import { rm, mkdir } from 'node:fs/promises'
const cellar: any[] = []
const folder = await makeFolder()
const N = 2000
const profiles = '/tmp/profiles'
await mkdir(profiles, { recursive: true })
let stage: any
try {
  stage = await openStage({ folder, profiles }, cellar)
  console.log(await drainContender(stage, stage.doorvoer, 1000, 'all'))
  const w: any = {}
  for (const spread of ['all', 'one'] as const) {
    const from = monotonicMs()
    let d: any
    const st = await countStatements(stage.installed.databaseUrl, N, async () => { d = await drainContender(stage, stage.doorvoer, N, spread) })
    w[spread] = [from, monotonicMs()]
    console.log(spread, d)
    console.log('statements', st.reduce((s, x) => s + x.calls, 0), st.reduce((s, x) => s + x.ms, 0))
    for (const s of st.slice(0, 22)) console.log(s.calls.toFixed(3), s.ms.toFixed(3), s.text.slice(0, 150))
  }
  const from = monotonicMs()
  console.log('c 200', await streamTo(stage, stage.doorvoer, 200, 8))
  w.stream = [from, monotonicMs()]
  await stage.doorvoer.end(); await stage.minimum.end()
  for (const [file, win, n] of [['worker', 'all', N], ['worker', 'one', N], ['web', 'all', N], ['web', 'stream', 1600], ['worker', 'stream', 1600]] as const) {
    const s = await summarise(`${profiles}/${file}.cpuprofile`, w[win][0], w[win][1])
    console.log('=====', file, win, 'busy ms per sale', (s.busyMs / n).toFixed(3))
    const show = (t: string, l: any[], k: number) => { console.log('--', t); for (const x of l.slice(0, k)) console.log((x.ms / n * 1000).toFixed(0).padStart(6), 'µs', x.name) }
    show('rooms', s.rooms, 24); show('own', s.own, 30); show('inclusive', s.inclusive, 45)
  }
} catch (e) { console.error(e); process.exitCode=1 } 
for (const each of cellar.reverse()) await each.end()
await stage?.server.end()
await rm(folder,{recursive:true}); process.exit()
