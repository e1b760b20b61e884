import { expect, test } from 'vitest'
import { createAddressReader, isLoopback, networkOf } from './address.ts'

const addressOf = createAddressReader(['10.0.0.0/8', '2001:db8:ffff::1'])

test.each([
  ['203.0.113.7', undefined, '203.0.113.7'],
  ['::ffff:203.0.113.7', undefined, '203.0.113.7'],
  // Nobody we trust says so.
  ['203.0.113.7', '198.51.100.1', '203.0.113.7'],
  ['10.1.2.3', '198.51.100.1', '198.51.100.1'],
  // What the caller wrote stands further left than what our proxies added.
  ['10.1.2.3', '127.0.0.1, 198.51.100.1', '198.51.100.1'],
  ['10.1.2.3', '127.0.0.1, 198.51.100.1, 10.9.9.9', '198.51.100.1'],
  ['2001:db8:ffff::1', '2001:db8::5', '2001:db8::5'],
  ['10.1.2.3', '[2001:db8::5]', '2001:db8::5'],
  ['10.1.2.3', 'nonsense', '10.1.2.3'],
  ['10.1.2.3', '198.51.100.1, nonsense', '10.1.2.3'],
  ['10.1.2.3', '', '10.1.2.3'],
  ['10.1.2.3', '10.4.4.4', '10.4.4.4'],
  [undefined, '198.51.100.1', '0.0.0.0'],
])('socket %s, forwarded for %s: the caller is %s', (socket, forwarded, caller) => {
  expect(addressOf(socket, forwarded)).toBe(caller)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::9', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
])('%s belongs to %s', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test('this machine is 127.0.0.0/8 and ::1', () => {
  expect(['127.0.0.1', '127.8.8.8', '::1', '128.0.0.1', '10.0.0.1'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
})
