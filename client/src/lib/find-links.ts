/**
 * Finds addresses in plain text, in the place of `linkifyjs`, which TipTap's link asks for when somebody pastes
 * (vite.config.ts puts it there): web addresses, mail addresses, and names of sites with an ending that no Spanish or
 * English word has. A thirteenth of the weight, because it does not know the thousand endings that exist.
 */

/** One address, as `linkifyjs` tells it. `start` and `end` are places in the text; `end` is the first after it. */
export interface FoundLink {
  type: 'url' | 'email'
  value: string
  isLink: true
  href: string
  start: number
  end: number
}

const mail = String.raw`[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}`
const web = String.raw`(?:https?:\/\/|www\.)[^\s<>"«»“”]+`
const site = String.raw`(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gob|gov|int|info|pa)(?:\.[a-z]{2})?(?:\/[^\s<>"«»“”]*)?`
const address = new RegExp(String.raw`(?<![\w@/.-])(?:${mail}|${web}|${site}(?![\w@-]))`, 'giu')

/** Every address in a text, in order. `defaultProtocol` completes those that name none. */
export function find(text: string, { defaultProtocol = 'https' }: { defaultProtocol?: string } = {}): FoundLink[] {
  return [...text.matchAll(address)].map((match) => {
    const value = withoutEnd(match[0])
    const isMail = /^[^/]+@/.test(value)
    const href = isMail ? `mailto:${value}` : /^https?:/i.test(value) ? value : `${defaultProtocol}://${value}`
    return {
      type: isMail ? 'email' : 'url',
      value,
      isLink: true,
      href,
      start: match.index,
      end: match.index + value.length,
    }
  })
}

/** The marks that end a sentence are not part of an address, nor is a bracket that opened before it. */
function withoutEnd(value: string): string {
  const last = value.at(-1) ?? ''
  const isLoose = last === ')' && value.split('(').length < value.split(')').length
  return /[.,;:!?'’\]}]/.test(last) || isLoose ? withoutEnd(value.slice(0, -1)) : value
}

/** For links made while one types, which the editor has switched off. */
export const tokenize = (): never[] => []
/** Further protocols are not offered. */
export const registerCustomProtocol = (): void => {}
/** Nothing is kept between editors. */
export const reset = (): void => {}
