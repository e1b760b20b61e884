import { stylesOf } from './styles.ts'

type Styles = ReadonlyMap<string, string>

const is =
  (property: string, ...values: string[]) =>
  (styles: Styles) =>
    values.includes(styles.get(property) ?? '')
const isDrawn = (line: string) => (styles: Styles) =>
  `${styles.get('text-decoration') ?? ''} ${styles.get('text-decoration-line') ?? ''}`.includes(line)
const isBold = (styles: Styles) =>
  is('font-weight', 'bold', 'bolder')(styles) || Number(styles.get('font-weight')) >= 600

/** Which mark a style stands for. */
const marks: readonly { tag: string; test: (styles: Styles) => boolean }[] = [
  { tag: 'b', test: isBold },
  { tag: 'i', test: is('font-style', 'italic', 'oblique') },
  { tag: 'u', test: isDrawn('underline') },
  { tag: 's', test: isDrawn('line-through') },
]

/** Tags that a style can take back: Google wraps a whole text in a `b` that is not bold. */
const takenBack: readonly { selector: string; test: (styles: Styles) => boolean }[] = [
  { selector: 'b, strong', test: is('font-weight', 'normal', '400') },
  { selector: 'i, em', test: is('font-style', 'normal') },
  { selector: 'u', test: isDrawn('none') },
]

/**
 * Turns emphasis told in styles into tags, and takes away tags whose style says that they are not meant. Headings and
 * links lose the emphasis that only draws them: they are drawn by us.
 */
export function marksFromStyles(body: HTMLElement): void {
  for (const { selector, test } of takenBack) {
    for (const element of body.querySelectorAll(selector)) {
      if (test(stylesOf(element))) element.replaceWith(...element.childNodes)
    }
  }
  for (const element of body.querySelectorAll('span[data-style], font[data-style], a[data-style]')) {
    const styles = stylesOf(element)
    for (const { tag, test } of marks) {
      if (!test(styles) || isDrawing(element, tag)) continue
      const mark = element.ownerDocument.createElement(tag)
      mark.append(...element.childNodes)
      element.append(mark)
    }
  }
  // A heading is bold, a link underlined: that is how they look, not what somebody stressed.
  unwrapAll(
    body,
    'h1 b, h2 b, h3 b, h4 b, h5 b, h6 b, h1 strong, h2 strong, h3 strong, h4 strong, h5 strong, h6 strong',
  )
  unwrapAll(body, 'a u, u > a:only-child')
}

const isDrawing = (element: Element, tag: string) =>
  (tag === 'u' && element.closest('a') !== null) || (tag === 'b' && element.closest('h1, h2, h3, h4, h5, h6') !== null)

function unwrapAll(body: HTMLElement, selector: string) {
  for (const element of body.querySelectorAll(selector)) {
    const target = element.tagName === 'A' ? element.parentElement : element
    target?.replaceWith(...target.childNodes)
  }
}
