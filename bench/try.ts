import { openStage } from './stage.ts'
import { listed } from './tape.ts'
import { drainBareLoop, drainContender } from './drain.ts'
import { streamTo } from './steady.ts'
import { bookOneByOne } from './idle.ts'
import { makeFolder } from './server.ts'
const cellar: any[] = []
const folder = await makeFolder()
let stage: any
try {
  stage = await openStage({ folder }, cellar)
  console.log(listed(stage.script))
  console.log('start', stage.doorvoer.startMs)
  for (const spread of ['all', 'one'] as const) {
    console.log('a', spread, await drainBareLoop(stage, 500, spread))
    console.log('b', spread, await drainContender(stage, stage.minimum, 500, spread))
    console.log('c', spread, await drainContender(stage, stage.doorvoer, 500, spread))
  }
  console.log('b idle', await bookOneByOne(stage, stage.minimum, 20))
  console.log('c idle', await bookOneByOne(stage, stage.doorvoer, 20))
  console.log('b 200', await streamTo(stage, stage.minimum, 200, 3))
  console.log('c 200', await streamTo(stage, stage.doorvoer, 200, 3))
  await stage.doorvoer.end(); await stage.minimum.end()
} catch (e) { console.error(e); process.exitCode=1 } 
for (const each of cellar.reverse()) await each.end()
await stage?.server.end()
import {rm} from 'node:fs/promises'; await rm(folder,{recursive:true}); process.exit()
