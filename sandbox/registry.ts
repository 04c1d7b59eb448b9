import { type Sandbox, type SandboxOptions } from './kit/server.ts'

/**
 * The sandboxes there are, by system. Loaded when asked for: one that does not start must not take
 * the others with it.
 */
export const sandboxes: Record<string, (options: SandboxOptions) => Promise<Sandbox>> = {
  eenvoudigfactureren: async (options) =>
    (await import('./eenvoudigfactureren/index.ts')).startEenvoudigfactureren(options),
  factuursturen: async (options) =>
    (await import('./factuursturen/index.ts')).startFactuursturen(options),
  informer: async (options) => (await import('./informer/index.ts')).startInformer(options),
  kmoshops: async (options) => (await import('./kmoshops/index.ts')).startKmoshops(options),
  rompslomp: async (options) => (await import('./rompslomp/index.ts')).startRompslomp(options),
  seoshop: async (options) => (await import('./seoshop/index.ts')).startSeoshop(options),
  magento1: async (options) => (await import('./magento1/index.ts')).startMagento1(options),
  magento2: async (options) => (await import('./magento2/index.ts')).startMagento2(options),
  mollie: async (options) => (await import('./mollie/index.ts')).startMollie(options),
  smtp: async (options) => (await import('./smtp/index.ts')).startSmtp(options),
  vies: async (options) => (await import('./vies/index.ts')).startVies(options),
}
