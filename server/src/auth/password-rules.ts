import { AppError } from '@cabildo/protocol/errors'
import { commonPasswords } from './common-passwords.ts'

/** Why a password is too easy to guess. */
type Weakness = 'too_short' | 'common' | 'about_you' | 'pattern'

/** Words that everybody here would try first: the program, the place, the matter, and the word itself. */
const localWords = [
  ...['cabildo', 'municipio', 'municipal', 'municipalidad', 'alcaldia', 'alcalde', 'chepo', 'panama', 'gobierno'],
  ...['abierto', 'comunidad', 'compromiso', 'plan', 'accion', 'taller', 'participacion', 'ciudadana', 'demo'],
  ...['contrasena', 'clave', 'password', 'passwort', 'secreto', 'usuario', 'admin', 'welcome', 'bienvenido', 'kernel'],
]
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  'abcdefghijklmnñopqrstuvwxyz',
  '01234567890123456789',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertyuiopasdfghjklñzxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
]
const lookalikes: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}
/** NIST SP 800-63B; the contract says the same. */
const shortest = 12
/** What must be left of a password beside words that anybody would try. */
const fewestOwn = 7

/**
 * Why a password is too easy to guess, or undefined when it will do: too short; mostly a common one, or words about its
 * owner, the program or the place; a repetition, or a row of the alphabet, the digits or the keyboard. No rule asks for
 * certain kinds of characters. Works offline.
 */
export function weakness(
  password: string,
  { name, email }: { name: string; email: string | null },
): Weakness | undefined {
  if ([...password].length < shortest) return 'too_short'
  const plain = fold(password)
  if (isPattern(plain)) return 'pattern'
  const own = wordsOf(`${name} ${email ?? ''}`)
  for (const text of new Set([plain, withoutLookalikes(plain)])) {
    if (commonPasswords.has(lettersOf(text)) || commonPasswords.has(text)) return 'common'
    if (isTooLittle(without(text, [...commonPasswords]))) return 'common'
    if (isTooLittle(without(text, [...own, ...localWords]))) return 'about_you'
  }
  return undefined
}

const weaknessWords: Record<Weakness, string> = {
  too_short: 'It must have at least 12 characters.',
  common: 'Many people choose this one: it is tried first.',
  about_you: 'It is made of your name, your address, the program or the place.',
  pattern: 'It repeats itself, or follows the alphabet, the digits or the keyboard.',
}

/** Throws `invalid` for a password that is too easy to guess, naming the field at `pointer`. */
export function demandStrong(
  password: string,
  person: { name: string; email: string | null },
  pointer = '/newPassword',
): void {
  const why = weakness(password, person)
  if (why === undefined) return
  const detail = weaknessWords[why]
  throw new AppError('invalid', { detail, errors: [{ pointer, detail }] })
}

/** Lower case, without accents: what a guesser would try all forms of. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u0302\u0304-\u036f]/g, '')
    .replace(/n\u0303/g, 'n')
    .replace(/\u0303/g, '')
}

function withoutLookalikes(text: string): string {
  return text.replace(/[01345 7@$!]/g, (letter) => lookalikes[letter] ?? letter)
}

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}]/gu, '')
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length >= 3)
}

/** What is left beside some words, without anything but letters and digits. */
function without(text: string, words: readonly string[]): string {
  let rest = text.replace(/[^\p{L}\p{N}]/gu, '')
  // Longer words first: what is part of one must not break it up.
  for (const word of [...words].sort((one, other) => other.length - one.length)) rest = rest.replaceAll(word, '')
  return rest
}

function isTooLittle(rest: string): boolean {
  return rest.length < fewestOwn || isPattern(rest)
}

/** Few different characters, a short piece over and over, or mostly steps along a row. */
function isPattern(text: string): boolean {
  const letters = [...text]
  if (new Set(letters).size < 5) return true
  for (let length = 1; length <= letters.length / 2; length += 1) {
    if (length <= 8 && letters.every((letter, place) => letter === letters[place % length])) return true
  }
  const steps = letters.slice(1).filter((letter, place) => isStep(letters[place] ?? '', letter)).length
  return steps >= (letters.length - 1) * 0.75
}

function isStep(one: string, next: string): boolean {
  return one === next || rows.some((row) => row.includes(one + next) || row.includes(next + one))
}
