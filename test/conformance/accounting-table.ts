import { eenvoudigfacturerenSystem } from './accounting-eenvoudigfactureren.ts'
import { informerSystem } from './accounting-informer.ts'
import { rompslompSystem } from './accounting-rompslomp.ts'
import { factuursturenSystem, type AccountingSystem } from './accounting-systems.ts'

/** Every accounting system there is. A new connector adds one row. */
export const systems: readonly AccountingSystem[] = [
  factuursturenSystem(),
  eenvoudigfacturerenSystem(),
  informerSystem(),
  rompslompSystem(),
]
