import { lookup as systemLookup, type LookupAddress } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

/** The address is inside the operator's own network: a merchant's shop URL must not reach it. */
export class AddressRefused extends Error {
  readonly code = 'DOORVOER_ADDRESS_REFUSED'
}

export interface AddressPolicy {
  /** Subnets in CIDR notation that may be reached although they are private, e.g. "127.0.0.0/8". */
  privateAllowed?: readonly string[]
  /** Looks names up; the machine's own way when left out. */
  resolve?: typeof systemLookup
}

/**
 * Everything that is not the public internet: this machine, private networks, link-local (cloud metadata
 * lives there), carrier-grade NAT, documentation, multicast and reserved ranges (IANA special-purpose
 * registries). IPv4-mapped IPv6 addresses are judged by BlockList as their IPv4 form.
 */
const privateSubnets: readonly [string, number, 'ipv4' | 'ipv6'][] = [
  ['0.0.0.0', 8, 'ipv4'],
  ['10.0.0.0', 8, 'ipv4'],
  ['100.64.0.0', 10, 'ipv4'],
  ['127.0.0.0', 8, 'ipv4'],
  ['169.254.0.0', 16, 'ipv4'],
  // Azure's own services of a virtual machine, its metadata among them, at an address that looks public.
  ['168.63.129.16', 32, 'ipv4'],
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.88.99.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  // Of IPv6 only 2000::/3 was ever given out: what is outside is this machine, NAT64, translated IPv4, local
  // networks, multicast, or nobody's.
  ['::', 3, 'ipv6'],
  ['4000::', 2, 'ipv6'],
  ['8000::', 1, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2001:2::', 48, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
]

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Without the interface of a link-local address ("fe80::1%eth0"), which is part of no subnet. */
const withoutZone = (address: string): string => address.split('%')[0] ?? address

/** The IPv4 address inside an IPv4-mapped IPv6 one ("::ffff:127.0.0.1", "::ffff:7f00:1"), or null. */
const mappedIpv4 = (address: string): string | null => {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const match = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical)
  if (match?.[1] === undefined || match[2] === undefined) return null
  const [high, low] = [parseInt(match[1], 16), parseInt(match[2], 16)]
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

const listOf = (subnets: readonly string[]): BlockList => {
  const list = new BlockList()
  for (const subnet of subnets) {
    const [address = '', bits = ''] = subnet.split('/')
    list.addSubnet(address, Number(bits), familyOf(address))
  }
  return list
}

/**
 * Refuses private addresses at the only moment that counts: after the name was looked up and before the
 * connection is made, so that neither a redirect nor a name that changes its address gets past it.
 */
export const addressGuard = (policy: AddressPolicy) => {
  // One list for each family: BlockList takes an IPv4 address for its mapped form too, and that is in ::/3.
  const refused = { ipv4: new BlockList(), ipv6: new BlockList() }
  for (const [address, bits, family] of privateSubnets) {
    refused[family].addSubnet(address, bits, family)
  }
  const allowed = listOf(policy.privateAllowed ?? [])

  const check = (found: string): void => {
    const address = withoutZone(found)
    const judged = isIP(address) === 6 ? (mappedIpv4(address) ?? address) : address
    const family = familyOf(judged)
    if (refused[family].check(judged, family) && !allowed.check(judged, family)) {
      throw new AddressRefused(`the address ${judged} is not public`)
    }
  }

  const resolve = policy.resolve ?? systemLookup
  const lookup: LookupFunction = (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
      if (error) {
        callback(error, '')
        return
      }
      try {
        for (const { address } of found) check(address)
      } catch (refusal) {
        callback(refusal as AddressRefused, '')
        return
      }
      if (options.all === true) callback(null, found)
      else callback(null, found[0]?.address ?? '', found[0]?.family)
    })
  }

  return {
    lookup,
    /** Judges a host that is an address already: no look-up happens for those. @throws AddressRefused */
    checkLiteral(hostname: string): void {
      const host = hostname.replace(/^\[|\]$/g, '')
      if (isIP(host) !== 0) check(host)
    },
  }
}
