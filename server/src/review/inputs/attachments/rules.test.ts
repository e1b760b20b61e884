import { expect, test } from 'vitest'
import { fileName, keptAs } from './rules.ts'

test('[IN61] what a file is kept as is said by its content; sound in a container for pictures that move is sound', () => {
  expect(keptAs('image/png')).toEqual({ kind: 'picture', mediaType: 'image/jpeg' })
  expect(keptAs('video/webm')).toEqual({ kind: 'sound', mediaType: 'audio/webm' })
  expect(keptAs('audio/ogg; codecs=opus')).toEqual({ kind: 'sound', mediaType: 'audio/ogg' })
  expect(keptAs('application/pdf')).toEqual({ kind: 'paper', mediaType: 'application/pdf' })
  for (const other of ['image/svg+xml', 'text/html', 'image/heic', 'image/gif', 'application/zip', ''])
    expect(keptAs(other), other).toBeUndefined()
})

test('[IN63] a file is named after its input and never after what it was called', () => {
  expect(fileName('aporte-12', 3, 'audio/mp4')).toBe('aporte-12-3.m4a')
})
