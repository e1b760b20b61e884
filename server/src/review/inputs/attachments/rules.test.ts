import { expect, test } from 'vitest'
import { fileName, keptAs, partOf } from './rules.ts'

test('[IN61] what a file is kept as is said by its content; sound in a container for pictures that move is sound', () => {
  expect(keptAs('image/png')).toEqual({ kind: 'picture', mediaType: 'image/jpeg' })
  expect(keptAs('video/webm')).toEqual({ kind: 'sound', mediaType: 'audio/webm' })
  expect(keptAs('audio/ogg; codecs=opus')).toEqual({ kind: 'sound', mediaType: 'audio/ogg' })
  expect(keptAs('application/pdf')).toEqual({ kind: 'paper', mediaType: 'application/pdf' })
  for (const other of ['image/svg+xml', 'text/html', 'image/heic', 'image/gif', 'application/zip', ''])
    expect(keptAs(other), other).toBeUndefined()
})

test('[IN63] a file is named after its input and never after what it was called', () => {
  expect(fileName(12, 3, 'audio/mp4')).toBe('aporte-12-3.m4a')
})

test.each([
  [undefined, undefined],
  ['bytes=0-0', { from: 0, to: 0 }],
  ['bytes=2-', { from: 2, to: 9 }],
  ['bytes=2-400', { from: 2, to: 9 }],
  ['bytes=-3', { from: 7, to: 9 }],
  ['bytes=-300', { from: 0, to: 9 }],
  ['bytes=10-', null],
  ['bytes=5-4', null],
  ['bytes=-0', null],
  ['bytes=-', undefined],
  ['bytes=0-1,4-5', undefined],
  ['lines=0-1', undefined],
])('[IN63] of ten bytes, %s is %j', (range, part) => {
  expect(partOf(range, 10)).toEqual(part)
})
