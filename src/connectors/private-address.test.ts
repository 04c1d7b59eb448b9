import type { LookupAddress } from 'node:dns'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AddressRefused, addressGuard } from './private-address.ts'

/** Judges the host of an address as the HTTP client does: after URL made it canonical. */
const isRefused = (url: string, privateAllowed: readonly string[] = []): boolean => {
  try {
    addressGuard({ privateAllowed }).checkLiteral(new URL(url).hostname)
    return false
  } catch (error) {
    if (error instanceof AddressRefused) return true
    throw error
  }
}

const lookUp = (
  name: string,
  options: { all?: boolean; family?: number },
  privateAllowed: readonly string[] = [],
) =>
  new Promise<string | LookupAddress[]>((resolve, reject) => {
    addressGuard({ privateAllowed }).lookup(name, options, (error, address) => {
      if (error) reject(error)
      else resolve(address)
    })
  })

describe('an address in digits', () => {
  it.each([
    ['this machine', '127.0.0.1'],
    ['the rest of this machine', '127.255.255.254'],
    ['nothing', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['a private network of class A', '10.0.0.1'],
    ['a private network of class B', '172.16.0.1'],
    ['the end of class B', '172.31.255.255'],
    ['a private network of class C', '192.168.1.1'],
    ['carrier-grade NAT', '100.64.0.1'],
    ['link-local', '169.254.0.1'],
    ['the metadata of a cloud', '169.254.169.254'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['everybody', '255.255.255.255'],
    ['a benchmark', '198.18.0.1'],
    ['this machine, as one number', '2130706433'],
    ['this machine, in hexadecimal', '0x7f000001'],
    ['this machine, hexadecimal by parts', '0x7f.0x0.0x0.0x1'],
    ['this machine, in octal', '0177.0.0.1'],
    ['this machine, octal as one number', '017700000001'],
    ['this machine, shortened', '127.1'],
    ['this machine, shortened otherwise', '127.0.1'],
    ['nothing, shortened', '0'],
    ['the metadata of a cloud, as one number', '2852039166'],
    ['this machine, full-width', '１２７．０．０．１'],
    ['this machine, with a dot behind it', '127.0.0.1.'],
    ['this machine, escaped', '%31%32%37.0.0.1'],
    ['this machine in IPv6', '[::1]'],
    ['nothing in IPv6', '[::]'],
    ['this machine, mapped', '[::ffff:127.0.0.1]'],
    ['this machine, mapped in hexadecimal', '[::ffff:7f00:1]'],
    ['this machine, mapped and written out', '[0:0:0:0:0:ffff:7f00:0001]'],
    ['a private network, mapped', '[::ffff:10.0.0.1]'],
    ['the metadata of a cloud, mapped', '[::ffff:a9fe:a9fe]'],
    ['this machine, compatible', '[::127.0.0.1]'],
    ['this machine behind NAT64', '[64:ff9b::127.0.0.1]'],
    ['this machine behind 6to4', '[2002:7f00:1::]'],
    ['this machine behind Teredo', '[2001:0:7f00:1::]'],
    ['link-local in IPv6', '[fe80::1]'],
    ['site-local in IPv6', '[fec0::1]'],
    ['unique local in IPv6', '[fd00::1]'],
    ['the metadata of a cloud in IPv6', '[fd00:ec2::254]'],
    ['multicast in IPv6', '[ff02::1]'],
    ['documentation in IPv6', '[2001:db8::1]'],
  ])('is refused: %s', (_, host) => {
    expect(isRefused(`http://${host}/`)).toBe(true)
  })

  it.each([
    ['a public address', '8.8.8.8'],
    ['just below a private network', '9.255.255.255'],
    ['just above it', '11.0.0.0'],
    ['just below class B', '172.15.255.255'],
    ['just above class B', '172.32.0.0'],
    ['just above carrier-grade NAT', '100.128.0.0'],
    ['the last before multicast', '223.255.255.255'],
    ['a public address in IPv6', '[2606:4700:4700::1111]'],
    ['a public address, mapped', '[::ffff:8.8.8.8]'],
    ['a public address of the same block as documentation', '[2001:4860:4860::8888]'],
  ])('passes: %s', (_, host) => {
    expect(isRefused(`http://${host}/`)).toBe(false)
  })

  it('says which address it was', () => {
    expect(() => addressGuard({}).checkLiteral('::ffff:10.1.2.3')).toThrow(/10\.1\.2\.3/)
    expect(() => addressGuard({}).checkLiteral('127.0.0.1')).toThrow(AddressRefused)
  })

  it('is told from a name, which is judged when it is looked up', () => {
    expect(isRefused('http://localhost/')).toBe(false)
    expect(isRefused('http://10.shop.example/')).toBe(false)
    expect(isRefused('http://127.0.0.1.nip.example/')).toBe(false)
  })
})

describe('the operator', () => {
  it('can allow a subnet, and no more than that', () => {
    expect(isRefused('http://127.0.0.1/', ['127.0.0.0/8'])).toBe(false)
    expect(isRefused('http://[::ffff:127.0.0.1]/', ['127.0.0.0/8'])).toBe(false)
    expect(isRefused('http://[::1]/', ['127.0.0.0/8'])).toBe(true)
    expect(isRefused('http://10.0.0.1/', ['127.0.0.0/8'])).toBe(true)
    expect(isRefused('http://10.1.2.3/', ['10.1.2.3/32'])).toBe(false)
    expect(isRefused('http://10.1.2.4/', ['10.1.2.3/32'])).toBe(true)
    expect(isRefused('http://[fd12::1]/', ['fd12::/16', '10.0.0.0/8'])).toBe(false)
    expect(isRefused('http://[fd13::1]/', ['fd12::/16'])).toBe(true)
  })
})

describe('a name', () => {
  it.each([{ all: true }, { all: false }, { family: 4 }])(
    'that leads to this machine is refused, asked with %j',
    async (options) => {
      await expect(lookUp('localhost', options)).rejects.toThrow(AddressRefused)
    },
  )

  it('with an allowed address is answered in the way it was asked', async () => {
    const allowed = ['127.0.0.0/8', '::1/128']
    expect(await lookUp('localhost', { family: 4 }, allowed)).toBe('127.0.0.1')
    expect(await lookUp('localhost', { all: true, family: 4 }, allowed)).toEqual([
      { address: '127.0.0.1', family: 4 },
    ])
  })

  it('that nobody has keeps its own error', async () => {
    await expect(lookUp('no-such-shop.invalid', { all: true })).rejects.toMatchObject({
      syscall: 'getaddrinfo',
    })
  })
})

/** IANA special-purpose registries (2026): what is not globally reachable, as [first, bits]. */
const ipv4Ranges: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
const ipv6Ranges: readonly [string, number][] = [
  ['64ff9b0001', 48],
  ['0100000000000000', 64],
  ['20010000', 32],
  ['20010db8', 32],
  ['2002', 16],
  ['fc', 7],
  ['fe8', 10],
  ['ff', 8],
]

const numberOf = (address: string) =>
  address.split('.').reduce((number, part) => number * 256 + Number(part), 0)
const dotted = (number: number) => [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.')

const privateIpv4 = fc
  .constantFrom(...ipv4Ranges)
  .chain(([first, bits]) =>
    fc.integer({ min: 0, max: 2 ** (32 - bits) - 1 }).map((offset) => numberOf(first) + offset),
  )

/** Every way in which a browser's address bar takes an IPv4 address. */
const spellings: readonly ((number: number) => string)[] = [
  dotted,
  String,
  (number) => `0x${number.toString(16)}`,
  (number) => `0${number.toString(8)}`,
  (number) => `${Math.floor(number / 2 ** 24)}.${number % 2 ** 24}`,
  (number) => [24, 16, 8, 0].map((bits) => `0${((number >>> bits) & 255).toString(8)}`).join('.'),
  (number) => `${dotted(number)}.`,
  (number) => `[::ffff:${dotted(number)}]`,
  (number) => `[::ffff:${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}]`,
  (number) => `[::${dotted(number)}]`,
  (number) => `[64:ff9b::${dotted(number)}]`,
  (number) => `[2002:${(number >>> 16).toString(16)}:${(number & 0xffff).toString(16)}::1]`,
]

describe('no private address passes', () => {
  it('in IPv4, however it is written', () => {
    fc.assert(
      fc.property(privateIpv4, fc.constantFrom(...spellings), (number, spell) => {
        expect(isRefused(`http://${spell(number)}/`)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it('in IPv6', () => {
    const anywhere = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n })
    fc.assert(
      fc.property(fc.constantFrom(...ipv6Ranges), anywhere, ([prefix, bits], rest) => {
        const digits = (prefix === '64ff9b0001' ? '0064ff9b0001' : prefix).padEnd(32, '0')
        const mask = 2n ** BigInt(128 - bits) - 1n
        const number = (BigInt(`0x${digits}`) & ~mask) | (rest & mask)
        const groups = number.toString(16).padStart(32, '0').match(/.{4}/g) ?? []
        expect(isRefused(`http://[${groups.join(':')}]/`)).toBe(true)
      }),
      { numRuns: 1_000 },
    )
  })

  it.each([
    ['benchmarks (RFC 5180)', '2001:2::1'],
    ['documentation (RFC 9637)', '3fff::1'],
    ['segment routing (RFC 9602)', '5f00::1'],
    ['a dummy prefix (RFC 9780)', '100:0:0:1::1'],
  ])('in the newer ranges of the registry: %s', (_, address) => {
    expect(isRefused(`http://[${address}]/`)).toBe(true)
  })

  it('and every public one does', () => {
    const outside = (number: number) =>
      number >= numberOf('224.0.0.0') ||
      [...ipv4Ranges, ['192.0.0.0', 24] as const].some(
        ([first, bits]) =>
          Math.floor(number / 2 ** (32 - bits)) === Math.floor(numberOf(first) / 2 ** (32 - bits)),
      )
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (number) => {
        expect(isRefused(`http://${dotted(number)}/`)).toBe(outside(number))
      }),
      { numRuns: 1_000 },
    )
  })
})
