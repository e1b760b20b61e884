import { isSafeHref } from './link-policy.ts'

/** True when a value may stand in an attribute. Values come from the network: anything JSON can hold. */
export type AttributeRule = (value: unknown) => boolean

/** Longest text in one attribute of a milestone (its lead and its supporters), in UTF-16 units. */
export const milestoneTextLimit = 500

const wholeNumber =
  (from: number, to: number): AttributeRule =>
  (value) =>
    Number.isInteger(value) && Number(value) >= from && Number(value) <= to

const text =
  (limit: number): AttributeRule =>
  (value) =>
    typeof value === 'string' && value.length <= limit

const oneOf =
  (...choices: readonly unknown[]): AttributeRule =>
  (value) =>
    choices.includes(value)

const orNull =
  (rule: AttributeRule): AttributeRule =>
  (value) =>
    value === null || rule(value)

/** True for a day that exists, as `YYYY-MM-DD`, between the years 1900 and 2199. */
export function isIsoDate(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(?:19|20|21)\d\d-\d\d-\d\d$/.test(value)) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value)
}

/** Widths of the columns a cell spans, in pixels: none of them known is `null`. */
const columnWidths: AttributeRule = (value) =>
  Array.isArray(value) && value.length >= 1 && value.length <= 50 && value.every(wholeNumber(0, 10_000))

const cell = {
  colspan: wholeNumber(1, 50),
  rowspan: wholeNumber(1, 200),
  colwidth: orNull(columnWidths),
  align: orNull(oneOf('left', 'center', 'right')),
}

/** Every attribute a node of the document may carry, with the values it may have. What is not here is refused. */
export const nodeAttributes: Readonly<Record<string, Readonly<Record<string, AttributeRule>>>> = {
  heading: { level: wholeNumber(2, 4) },
  // Typing `12. ` starts a list at 12, however long the number is.
  orderedList: { start: wholeNumber(0, Number.MAX_VALUE), type: orNull(oneOf('1', 'a', 'A', 'i', 'I')) },
  tableCell: cell,
  tableHeader: cell,
  milestone: {
    start: orNull(isIsoDate),
    due: orNull(isIsoDate),
    lead: text(milestoneTextLimit),
    supportGovernment: text(milestoneTextLimit),
    supportCivilSociety: text(milestoneTextLimit),
    supportOther: text(milestoneTextLimit),
  },
}

/** The same for marks. */
export const markAttributes: Readonly<Record<string, Readonly<Record<string, AttributeRule>>>> = {
  link: { href: isSafeHref },
}
