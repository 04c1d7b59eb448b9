import { describe, expect, it } from 'vitest'
import { openSandbox } from './test-client.ts'

describe('settings', () => {
  it('shows taxes with real numbers and booleans', async () => {
    const { get } = await openSandbox()
    expect(await get('/taxes')).toContainEqual({
      percentage: 21,
      type: 'H',
      default: true,
      country: '146',
    })
  })

  it('shows profiles as text and categories as they are', async () => {
    const { get } = await openSandbox()
    expect(await get('/profiles')).toEqual([{ id: '1', name: 'Standaard', default: 'true' }])
    expect(await get('/categories')).toEqual([{ id: 1, name: 'Webshop', ledger: 8000 }])
  })

  it('can be read only', async () => {
    const { call } = await openSandbox()
    expect((await call('POST', '/taxes', {})).status).toBe(405)
  })
})

describe('countries', () => {
  it.each([
    ['nl', 'Nederland', 'Duitsland'],
    ['en', 'Netherlands', 'Germany'],
    ['de', 'Niederlande', 'Deutschland'],
    ['fr', 'Pays-Bas', 'Allemagne'],
    ['es', 'Países Bajos', 'Alemania'],
  ])('have names in %s', async (language, netherlands, germany) => {
    const { get } = await openSandbox()
    const countries = await get(`/countrylist/${language}`)
    expect(countries).toContainEqual({ id: '146', name: netherlands })
    expect(countries).toContainEqual({ id: '50', name: germany })
  })

  it('have an id each', async () => {
    const { get } = await openSandbox()
    const countries = (await get('/countrylist/nl')) as { id: string; name: string }[]
    expect(new Set(countries.map(({ id }) => id)).size).toBe(countries.length)
    const names = countries.map(({ name }) => name)
    const union =
      'België Bulgarije Cyprus Denemarken Duitsland Estland Finland Frankrijk Griekenland Hongarije ' +
      'Ierland Italië Kroatië Letland Litouwen Luxemburg Malta Nederland Oostenrijk Polen Portugal ' +
      'Roemenië Slovenië Slowakije Spanje Tsjechië Zweden'
    expect(names).toEqual(expect.arrayContaining(union.split(' ')))
    expect(names).toEqual(
      expect.arrayContaining([
        'Zwitserland',
        'Noorwegen',
        'Verenigd Koninkrijk',
        'Verenigde Staten',
      ]),
    )
  })

  it('come in five languages only', async () => {
    const { call } = await openSandbox()
    expect((await call('GET', '/countrylist/it')).status).toBe(404)
    expect((await call('GET', '/countrylist')).status).toBe(404)
  })
})
