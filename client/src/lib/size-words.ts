import { useLanguage } from './language.ts'

const kilobyte = 1024
const megabyte = kilobyte * kilobyte

/** Sizes in words: `412 kB`, `1,2 MB`, of 1024 each, as the bounds are. */
export function useSizeWords(): (bytes: number) => string {
  const language = useLanguage()
  return (bytes) => {
    const [unit, size] = bytes < megabyte ? (['kilobyte', kilobyte] as const) : (['megabyte', megabyte] as const)
    const digits = unit === 'kilobyte' ? 0 : 1
    const figures = new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits: digits })
    // A number and its unit stay on one line.
    return figures.format(Math.max(bytes / size, 10 ** -digits)).replaceAll(' ', '\u00a0')
  }
}
