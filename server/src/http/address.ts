import { BlockList, isIP, isIPv6 } from 'node:net'

/** Tells the caller's address. Pure once made. */
export type AddressReader = (socketAddress: string | undefined, forwardedFor: string | undefined) => string

/** Stands for a caller whose socket we cannot see. */
const unknownAddress = '0.0.0.0'

/**
 * Reads the caller's address, believing `X-Forwarded-For` only as far as it was written by trusted proxies: from the
 * right, the first address that is not one of them. `trustedProxies` are addresses or CIDR ranges.
 */
export function createAddressReader(trustedProxies: readonly string[]): AddressReader {
  const trusted = new BlockList()
  for (const range of trustedProxies) {
    const [address = '', bits] = range.split('/')
    const family = isIPv6(address) ? 'ipv6' : 'ipv4'
    if (bits === undefined) trusted.addAddress(address, family)
    else trusted.addSubnet(address, Number(bits), family)
  }
  const isTrusted = (address: string) => trusted.check(address, isIPv6(address) ? 'ipv6' : 'ipv4')

  return (socketAddress, forwardedFor) => {
    let address = plain(socketAddress ?? unknownAddress)
    const hops = (forwardedFor ?? '').split(',').map(plain)
    while (isTrusted(address)) {
      const hop = hops.pop()
      if (hop === undefined || isIP(hop) === 0) break
      address = hop
    }
    return address
  }
}

/**
 * The part of an address that one household or one attacker holds: an IPv4 address whole, of an IPv6 address its /64,
 * since every device there can choose the rest freely.
 */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.replace(/%.*$/, '').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right]
  const four = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16))
  return `${four.join(':')}::/64`
}

/** Whether an address is this machine itself. */
export function isLoopback(address: string): boolean {
  return address === '::1' || address.startsWith('127.')
}

/** An address without blanks and brackets, and IPv4 written inside IPv6 as plain IPv4. */
function plain(address: string): string {
  return address
    .trim()
    .replace(/^\[(.*)\]$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')
}
