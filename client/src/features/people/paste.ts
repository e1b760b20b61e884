import type { Group, Role } from '@cabildo/protocol/http/common'
import { plain } from './model.ts'

/** Most people that are invited at once. */
export const mostInvited = 100
/** Longest name the server takes, in characters. */
const longestName = 80

/** What is wrong with a line, so that it cannot be sent; `word` is the part that was not understood. */
export type LineFault =
  | { kind: 'noName' | 'nameLong' | 'tooMany' }
  | { kind: 'badEmail' | 'unknown' | 'manyGroups' | 'twoRoles'; word: string }

/** What is worth a second look, and no reason not to send. */
export type LineHint = 'sameEmail' | 'sameName' | 'member' | 'invited'

/** One line of a pasted list, as it was understood. */
export interface PastedLine {
  /** Of the pasted text, from 1. */
  number: number
  name: string
  email: string | null
  role: Role
  group: Pick<Group, 'id' | 'name'> | null
  fault: LineFault | undefined
  hint: LineHint | undefined
}

/** Whom the plan knows already: their addresses and names as they stand. */
export interface Known {
  members: readonly { name: string; email: string | null }[]
  invited: readonly { name: string; email: string | null }[]
}

/** What lines say that do not name a role, and the groups they may name. */
export interface PasteContext {
  role: Role
  groups: readonly Pick<Group, 'id' | 'name'>[]
  known: Known
}

/** The words by which people name a role, in both languages, as `plain` writes them. */
const roleWords: Readonly<Record<Role, readonly string[]>> = {
  coordinator: ['coordinacion', 'coordinador', 'coordinadora', 'coordina', 'coordinator', 'coordination'],
  facilitator: ['facilitacion', 'facilitador', 'facilitadora', 'facilita', 'facilitator', 'facilitation'],
  drafter: ['redaccion', 'redactor', 'redactora', 'redacta', 'escribe', 'drafter', 'drafting', 'writer', 'editor'],
  reviewer: ['revision', 'revisor', 'revisora', 'revisa', 'reviewer', 'review'],
  approver: ['aprobacion', 'aprobador', 'aprobadora', 'aprueba', 'approver', 'approval'],
  endorser: ['aval', 'avala', 'avalador', 'avaladora', 'endorser', 'endorsement'],
  monitor: ['monitoreo', 'monitor', 'monitora', 'monitorea', 'monitoring'],
  participant: [
    'participante',
    'participacion',
    'participa',
    'participant',
    'invitado',
    'invitada',
    'vecino',
    'vecina',
  ],
}
const roleOfWord = new Map(
  Object.entries(roleWords).flatMap(([role, words]) =>
    // The keys are the roles.
    words.map((word): [string, Role] => [word, role as Role]),
  ),
)

/** Words of a heading over the columns of a spreadsheet. */
const headings = new Set([
  ...['nombre', 'nombre completo', 'nombres', 'correo', 'correo electronico', 'rol', 'papel', 'grupo', 'telefono'],
  ...['name', 'full name', 'email', 'e mail', 'mail', 'role', 'group', 'phone', 'organizacion', 'organization'],
])

/** Says whether this may be an e-mail address; the server looks closer. */
export const looksLikeEmail = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text)

/**
 * Reads a list that somebody pasted: one person a line, its parts in any order between tabs, semicolons or commas, as a
 * spreadsheet or a message has them. The first part that is neither an address nor a role nor a phone is the name, a
 * further one must name a group. Nothing is guessed: what is not understood is named.
 */
export function readPasted(text: string, context: PasteContext): PastedLine[] {
  const lines: PastedLine[] = []
  const seen = { emails: new Set<string>(), names: new Set<string>() }
  for (const [place, raw] of text.split(/\r\n|\r|\n/).entries()) {
    const parts = partsOf(raw)
    if (parts.length === 0 || parts.every((part) => headings.has(plain(part)))) continue
    const line = { number: place + 1, ...understand(parts, context) }
    lines.push({
      ...line,
      fault: line.fault ?? (lines.length >= mostInvited ? { kind: 'tooMany' } : undefined),
      hint: hintFor(line, seen, context.known),
    })
    if (line.email) seen.emails.add(line.email.toLowerCase())
    seen.names.add(plain(line.name))
  }
  return lines
}

/** The parts of a line, without what messages and lists put before it. */
function partsOf(raw: string): string[] {
  const line = raw
    // WhatsApp puts time and sender before a message: `[28/11/26, 3:04 p. m.] Ana: `.
    .replace(/^\s*\u200e?\[[^\]]{5,40}\]\s*[^:]{1,60}:\s*/u, '')
    .replace(/^\s*(?:[-*•·–]|\d{1,3}[.)])\s+/u, '')
    .replace(/[\u200e\u200f\ufeff]/gu, '')
    .replaceAll(cut, '')
    .replaceAll(hold, '')
    // `Ana Batista <ana@example.org>`, as mail programs copy people.
    .replace(/\s*<(?:mailto:)?([^<>\s]+@[^<>\s]+)>/gu, `${cut}$1${cut}`)
  const separator = separators.find((one) => one.test(line.replace(/"[^"]*"/g, '')))
  return split(line, separator)
    .map((part) => part.replaceAll('"', '').replace(/\s+/g, ' ').trim())
    .filter((part) => part !== '')
}

/** Stands where a line is cut whatever else separates its parts: nobody types it. */
const cut = '\u0001'
/** Stands on either side of the number of a quoted part, while the line is cut. */
const hold = '\u0002'
/** What separates the parts of a line: the first of these that stands in it. */
const separators = [/\t/, /;/, /,/, /\|/, /\s[-–—]\s/]

/** Cuts at a separator, except inside double quotes: a spreadsheet writes `"Batista, Ana"`. */
function split(line: string, separator: RegExp | undefined): string[] {
  const quoted: string[] = []
  const marked = line.replace(/"[^"]*"/g, (text) => `${hold}${quoted.push(text) - 1}${hold}`)
  return marked
    .split(cut)
    .flatMap((piece) => (separator ? piece.split(separator) : [piece]))
    .map((part) =>
      part
        .split(hold)
        .map((piece, place) => (place % 2 === 1 ? (quoted[Number(piece)] ?? '') : piece))
        .join(''),
    )
}

const isPhone = (part: string) => /^\+?[\d\s().-]{7,}$/.test(part)

/** A person from the parts of a line. */
function understand(parts: readonly string[], context: PasteContext): Omit<PastedLine, 'number' | 'hint'> {
  let email: string | null = null
  let role: Role | undefined
  let fault: LineFault | undefined
  const rest: string[] = []
  for (const part of parts) {
    const address = part.replace(/^mailto:/i, '')
    const named = roleOfWord.get(plain(part))
    if (part.includes('@')) {
      if (looksLikeEmail(address) && email === null) email = address
      else fault ??= { kind: 'badEmail', word: part }
    } else if (isPhone(part)) continue
    else if (named && role && role !== named) fault ??= { kind: 'twoRoles', word: part }
    else if (named) role = named
    else rest.push(part)
  }
  const [name = '', ...others] = rest
  let group: PastedLine['group'] = null
  for (const other of others) {
    const found = groupsNamed(other, context.groups)
    const [only] = found
    if (only && found.length === 1 && group === null) group = only
    else fault ??= { kind: found.length > 1 ? 'manyGroups' : 'unknown', word: other }
  }
  if (name === '') fault ??= { kind: 'noName' }
  else if (name.length > longestName) fault ??= { kind: 'nameLong' }
  return { name, email, role: role ?? context.role, group, fault }
}

/** The groups that a word may mean: the one of that very name, else all whose name holds it, or which it holds. */
function groupsNamed(word: string, groups: PasteContext['groups']): PasteContext['groups'] {
  const wanted = plain(word)
  const exact = groups.filter(({ name }) => plain(name) === wanted)
  if (exact.length > 0) return exact
  return wanted.length < 4
    ? []
    : groups.filter(({ name }) => plain(name).includes(wanted) || wanted.includes(plain(name)))
}

function hintFor(
  { name, email }: Pick<PastedLine, 'name' | 'email'>,
  seen: { emails: ReadonlySet<string>; names: ReadonlySet<string> },
  known: Known,
): LineHint | undefined {
  const isSame = (other: { name: string; email: string | null }) =>
    email !== null && other.email !== null
      ? other.email.toLowerCase() === email.toLowerCase()
      : plain(other.name) === plain(name)
  if (name === '') return undefined
  if (email !== null && seen.emails.has(email.toLowerCase())) return 'sameEmail'
  if (known.members.some(isSame)) return 'member'
  if (known.invited.some(isSame)) return 'invited'
  return seen.names.has(plain(name)) ? 'sameName' : undefined
}
