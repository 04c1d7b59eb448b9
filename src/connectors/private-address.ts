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
  ['172.16.0.0', 12, 'ipv4'],
  ['192.0.0.0', 24, 'ipv4'],
  ['192.0.2.0', 24, 'ipv4'],
  ['192.168.0.0', 16, 'ipv4'],
  ['198.18.0.0', 15, 'ipv4'],
  ['198.51.100.0', 24, 'ipv4'],
  ['203.0.113.0', 24, 'ipv4'],
  ['224.0.0.0', 3, 'ipv4'],
  ['::', 96, 'ipv6'],
  ['64:ff9b::', 96, 'ipv6'],
  ['64:ff9b:1::', 48, 'ipv6'],
  ['100::', 64, 'ipv6'],
  ['100:0:0:1::', 64, 'ipv6'],
  ['2001::', 32, 'ipv6'],
  ['2001:2::', 48, 'ipv6'],
  ['2001:db8::', 32, 'ipv6'],
  ['2002::', 16, 'ipv6'],
  ['3fff::', 20, 'ipv6'],
  ['5f00::', 16, 'ipv6'],
  ['fc00::', 7, 'ipv6'],
  ['fe80::', 9, 'ipv6'],
  ['ff00::', 8, 'ipv6'],
]

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

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
  const refused = new BlockList()
  for (const [address, bits, family] of privateSubnets) refused.addSubnet(address, bits, family)
  const allowed = listOf(policy.privateAllowed ?? [])

  const check = (address: string): void => {
    const judged = isIP(address) === 6 ? (mappedIpv4(address) ?? address) : address
    const family = familyOf(judged)
    if (refused.check(judged, family) && !allowed.check(judged, family)) {
      throw new AddressRefused(`the address ${judged} is not public`)
    }
  }

  const lookup: LookupFunction = (hostname, options, callback) => {
    systemLookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
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
