/** Where a text of a plan is: a commitment by its number, or the plan's own text, whose number is 0. */
export interface TextAddress {
  to: '/plans/$slug/commitments/$number' | '/plans/$slug/document'
  params: { slug: string; number: string }
}

/** The address of a text by its number. */
export const textAddress = (slug: string, number: number): TextAddress => ({
  to: number === 0 ? '/plans/$slug/document' : '/plans/$slug/commitments/$number',
  params: { slug, number: String(number) },
})

/** A text as a list names it: a commitment by number and title, the plan's own by its title. */
export const textTitle = ({ number, title }: { number: number; title: string }): string =>
  number === 0 ? title : `${number}. ${title}`
