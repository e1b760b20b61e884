/**
 * The look of every screen, decided in this file alone: colours of the light and the dark theme, type, space, and how
 * Mantine wears them. Screens use the CSS variables made here (`--cb-…`) and never a colour of their own.
 *
 *   paper, surface, sunken     grounds: the page, a card on it, a well in it
 *   ink, ink-soft              text, and text that comes second
 *   line, line-strong          a hairline that only separates, and the edge of something one can use (3:1)
 *   accent, accent-strong, on-accent, accent-soft   what can be pressed; pressed or under the pointer; text on it; its tint
 *   danger, warn, good, each with -soft             what went wrong, what needs care, what is safe
 *   sector-<name>, sector-<name>-soft, on-sector    hue of a sector (words, rings, badges), its tint, text on the hue
 */
import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'
import { ButtonRoot } from '../ui/button-root.tsx'

/** The colours of both themes. `theme.test.ts` holds every pair that carries text to 4.5:1, every edge to 3:1. */
export const palette = {
  light: {
    paper: '#FBFAF7',
    surface: '#FFFFFF',
    sunken: '#F3F0E9',
    ink: '#1B1F24',
    'ink-soft': '#545B64',
    line: '#E4DFD4',
    'line-strong': '#857F71',
    accent: '#0B6E6E',
    'accent-strong': '#075454',
    'on-accent': '#FFFFFF',
    'accent-soft': '#E1F0EE',
    danger: '#A3261B',
    'danger-soft': '#FBEBE8',
    warn: '#754E00',
    'warn-soft': '#FBF1DC',
    good: '#28662C',
    'good-soft': '#E7F2E5',
    'on-sector': '#FFFFFF',
    'sector-government': '#3B4CCA',
    'sector-government-soft': '#E8EAFA',
    'sector-civil_society': '#A9500B',
    'sector-civil_society-soft': '#F9EADD',
    'sector-community': '#2E7035',
    'sector-community-soft': '#E5F1E5',
    'sector-academia': '#7A3E9D',
    'sector-academia-soft': '#F2E8F7',
    'sector-private_sector': '#4A5A6A',
    'sector-private_sector-soft': '#E9EDF0',
  },
  dark: {
    paper: '#191817',
    surface: '#232120',
    sunken: '#121110',
    ink: '#F0EDE6',
    'ink-soft': '#B9B4A9',
    line: '#3A3733',
    'line-strong': '#8F897E',
    accent: '#62C9C2',
    'accent-strong': '#8ADBD5',
    'on-accent': '#06292A',
    'accent-soft': '#15363A',
    danger: '#FF9F92',
    'danger-soft': '#45211D',
    warn: '#F0C46C',
    'warn-soft': '#3C2E12',
    good: '#8FCD8D',
    'good-soft': '#1E3621',
    'on-sector': '#141312',
    'sector-government': '#AAB3F7',
    'sector-government-soft': '#272B52',
    'sector-civil_society': '#F2AA72',
    'sector-civil_society-soft': '#46290F',
    'sector-community': '#8ACD90',
    'sector-community-soft': '#1B3A20',
    'sector-academia': '#D3A8EA',
    'sector-academia-soft': '#3B2548',
    'sector-private_sector': '#B4C2CE',
    'sector-private_sector-soft': '#2C353D',
  },
} as const

// biome-ignore format: a scale reads best on one line
const accent: MantineColorsTuple = [
  '#E1F0EE', '#C5E2DF', '#9ED0CC', '#71BBB6', '#45A29D', '#22898A', '#0B6E6E', '#096060', '#075454', '#053F3F',
]
// biome-ignore format: a scale reads best on one line
const gray: MantineColorsTuple = [
  '#FBFAF7', '#F3F0E9', '#ECE8DE', '#E4DFD4', '#CDC7BA', '#A8A294', '#857F71', '#545B64', '#343A41', '#1B1F24',
]
// biome-ignore format: a scale reads best on one line
const dark: MantineColorsTuple = [
  '#F0EDE6', '#D5D1C8', '#B9B4A9', '#8F897E', '#57534C', '#3A3733', '#232120', '#191817', '#121110', '#0B0A0A',
]

/** Buttons take their colours from our variables, so that one rule serves both themes. `danger` is the only other hue. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const hue = input.color === 'danger' ? 'danger' : 'accent'
  const strong = hue === 'danger' ? 'danger' : 'accent-strong'
  const ground = hue === 'danger' ? 'surface' : 'on-accent'
  switch (input.variant) {
    case 'filled':
      return {
        background: `var(--cb-${hue})`,
        hover: `var(--cb-${strong})`,
        color: `var(--cb-${ground})`,
        border: 'none',
      }
    case 'light':
      return {
        background: `var(--cb-${hue}-soft)`,
        hover: `var(--cb-${hue}-soft)`,
        color: `var(--cb-${strong})`,
        border: '1px solid transparent',
      }
    case 'outline':
    case 'default':
      return {
        background: 'var(--cb-surface)',
        hover: `var(--cb-${hue}-soft)`,
        color: `var(--cb-${hue})`,
        border: '1px solid var(--cb-line-strong)',
      }
    case 'subtle':
    case 'transparent':
      return {
        background: 'transparent',
        hover: `var(--cb-${hue}-soft)`,
        color: `var(--cb-${hue})`,
        border: '1px solid transparent',
      }
    default:
      return defaultVariantColorsResolver(input)
  }
}

/** No smaller target than a fingertip: 44 px. */
const target = '2.75rem'
const family = "'Atkinson Hyperlegible Next', 'Atkinson fallback', system-ui, sans-serif"

/** Mantine dressed for the house. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 3 },
  colors: { accent, gray, dark },
  white: palette.light.surface,
  black: palette.light.ink,
  autoContrast: true,
  variantColorResolver,
  fontFamily: family,
  respectReducedMotion: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  radius: { xs: '0.25rem', sm: '0.375rem', md: '0.625rem', lg: '1rem', xl: '2rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2.5rem' },
  fontSizes: { xs: '0.875rem', sm: '0.9375rem', md: '1.0625rem', lg: '1.125rem', xl: '1.25rem' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.6', lg: '1.6', xl: '1.5' },
  headings: {
    fontFamily: family,
    fontWeight: '700',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: 'var(--cb-h1)', lineHeight: '1.2' },
      h2: { fontSize: 'var(--cb-h2)', lineHeight: '1.3' },
      h3: { fontSize: 'var(--cb-h3)', lineHeight: '1.4' },
    },
  },
  components: {
    Button: {
      defaultProps: { size: 'md', component: ButtonRoot },
      vars: () => ({ root: { '--button-height': target, '--button-fz': '1rem', '--button-padding-x': '1.125rem' } }),
    },
    ActionIcon: { defaultProps: { size: target, variant: 'subtle' } },
    CloseButton: { defaultProps: { size: target } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: {
      defaultProps: { size: 'md' },
      vars: () => ({ root: { '--psi-button-size': target, '--psi-icon-size': '1.375rem' } }),
    },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    Input: { vars: () => ({ wrapper: { '--input-height': '3rem', '--input-fz': '1.0625rem' } }) },
  },
})

const prefixed = (colours: Record<string, string>) =>
  Object.fromEntries(Object.entries(colours).map(([name, value]) => [`--cb-${name}`, value]))

/** What Mantine calls its own grounds, inks and edges, told in our words; the same words in both themes. */
const spoken = {
  '--mantine-color-body': 'var(--cb-paper)',
  '--mantine-color-text': 'var(--cb-ink)',
  '--mantine-color-bright': 'var(--cb-ink)',
  '--mantine-color-dimmed': 'var(--cb-ink-soft)',
  '--mantine-color-placeholder': 'var(--cb-ink-soft)',
  '--mantine-color-anchor': 'var(--cb-accent)',
  '--mantine-color-error': 'var(--cb-danger)',
  '--mantine-color-default': 'var(--cb-surface)',
  '--mantine-color-default-hover': 'var(--cb-sunken)',
  '--mantine-color-default-color': 'var(--cb-ink)',
  '--mantine-color-default-border': 'var(--cb-line-strong)',
  '--mantine-color-disabled': 'var(--cb-sunken)',
  '--mantine-color-disabled-color': 'var(--cb-ink-soft)',
  '--mantine-color-disabled-border': 'var(--cb-line)',
  '--mantine-primary-color-filled': 'var(--cb-accent)',
  '--mantine-primary-color-filled-hover': 'var(--cb-accent-strong)',
  '--mantine-primary-color-contrast': 'var(--cb-on-accent)',
} as const

/** Hands the palette to the page as `--cb-…` variables and lets Mantine's own names point at them. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...prefixed(palette.light), ...spoken },
  dark: { ...prefixed(palette.dark), ...spoken },
})
