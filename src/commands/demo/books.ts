import { startEenvoudigfacturerenEnd } from './books/eenvoudigfactureren.ts'
import { startFactuursturenEnd } from './books/factuursturen.ts'
import { startInformerEnd } from './books/informer.ts'
import { startRompslompEnd } from './books/rompslomp.ts'
import type { Home } from './mix.ts'
import type { BooksEnd, DemoBooks } from './remotes.ts'

/** Every accounting system's end of the demo. A new one is a file and a line here. */
export const booksEnds: Readonly<Record<string, (home: Home) => Promise<BooksEnd>>> = {
  factuursturen: startFactuursturenEnd,
  eenvoudigfactureren: startEenvoudigfacturerenEnd,
  informer: startInformerEnd,
  rompslomp: startRompslompEnd,
}

/** The sandbox of an accounting system as the demo's books, of a merchant who is at `home`. */
export const startBooks = async (system: string, home: Home): Promise<DemoBooks> => {
  const end = await booksEnds[system]?.(home)
  if (end === undefined) throw new Error(`the demo has no books of ${system}`)
  return { ...end, system }
}
