import { planLanguage } from './language.ts'

/** Where a text of a plan is: a commitment by its number, the plan's own text (0), or minutes (below 0) by their meeting's. */
export interface TextAddress {
  to: '/plans/$slug/commitments/$number' | '/plans/$slug/document' | '/plans/$slug/meetings/$number/minutes'
  params: { slug: string; number: string }
}

/** The address of a text by its number. */
export function textAddress(slug: string, number: number): TextAddress {
  const params = { slug, number: String(Math.abs(number)) }
  if (number === 0) return { to: '/plans/$slug/document', params }
  return { to: number < 0 ? '/plans/$slug/meetings/$number/minutes' : '/plans/$slug/commitments/$number', params }
}

/** A text as a list names it: a commitment by number and title, any other by its title. */
export const textTitle = ({ number, title }: { number: number; title: string }): string =>
  number <= 0 ? title : `${number}. ${title}`

/** The way back to a plan for the head of a page beneath it. Its title is in the plan's own language. */
export const backToPlan = ({ slug, title }: { slug: string; title: string }) =>
  ({ back: { to: '/plans/$slug', params: { slug } }, backTo: title, backLang: planLanguage }) as const
