import { Sector } from '@cabildo/protocol/http/common'
import { describe, expect, test } from 'vitest'
import { palette } from './theme.ts'

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

type Name = keyof typeof palette.light
const grounds: Name[] = ['paper', 'surface', 'sunken']
const sectors = Sector.options

/** Text and the grounds it stands on. */
const texts: [Name, Name[]][] = [
  [
    'ink',
    [
      ...grounds,
      'accent-soft',
      'danger-soft',
      'warn-soft',
      'good-soft',
      ...sectors.map((s): Name => `sector-${s}-soft`),
    ],
  ],
  ['ink-soft', grounds],
  ['accent', [...grounds, 'accent-soft']],
  ['accent-strong', [...grounds, 'accent-soft']],
  ['on-accent', ['accent', 'accent-strong']],
  ['danger', [...grounds, 'danger-soft']],
  ['warn', [...grounds, 'warn-soft']],
  ['good', [...grounds, 'good-soft']],
  ...sectors.map((sector): [Name, Name[]] => [`sector-${sector}`, [...grounds, `sector-${sector}-soft`]]),
  ['on-sector', sectors.map((sector): Name => `sector-${sector}`)],
]
/** Edges and marks that mean something, and the grounds they stand on. */
const edges: [Name, Name[]][] = [
  ['line-strong', grounds],
  ['accent', grounds],
]

describe.each(['light', 'dark'] as const)('the %s theme', (scheme) => {
  const colours = palette[scheme]
  test.each(texts)('%s reads at 4.5:1', (text, on) => {
    for (const ground of on)
      expect(contrast(colours[text], colours[ground]), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
  })
  test.each(edges)('%s is seen at 3:1', (edge, on) => {
    for (const ground of on)
      expect(contrast(colours[edge], colours[ground]), `${edge} on ${ground}`).toBeGreaterThanOrEqual(3)
  })
})

test('the measure itself is right: black on white is 21, and it does not matter which is asked first', () => {
  expect(contrast('#000000', '#FFFFFF')).toBeCloseTo(21)
  expect(contrast('#FFFFFF', '#0B6E6E')).toBeCloseTo(contrast('#0B6E6E', '#FFFFFF'))
})
