/** Which mark a style stands for. */
const marks: readonly { tag: string; test: (style: CSSStyleDeclaration) => boolean }[] = [
  { tag: 'b', test: ({ fontWeight }) => fontWeight === 'bold' || fontWeight === 'bolder' || Number(fontWeight) >= 600 },
  { tag: 'i', test: ({ fontStyle }) => fontStyle === 'italic' || fontStyle === 'oblique' },
  { tag: 'u', test: (style) => decoration(style).includes('underline') },
  { tag: 's', test: (style) => decoration(style).includes('line-through') },
]

const decoration = (style: CSSStyleDeclaration) => `${style.textDecoration} ${style.textDecorationLine}`

/** Tags that a style can take back: Google wraps a whole text in a `b` that is not bold. */
const takenBack: readonly { selector: string; test: (style: CSSStyleDeclaration) => boolean }[] = [
  { selector: 'b, strong', test: ({ fontWeight }) => fontWeight === 'normal' || fontWeight === '400' },
  { selector: 'i, em', test: ({ fontStyle }) => fontStyle === 'normal' },
  { selector: 'u', test: (style) => decoration(style).includes('none') },
]

/**
 * Turns emphasis told in styles into tags, and takes away tags whose style says that they are not meant. Headings and
 * links lose the emphasis that only draws them: they are drawn by us.
 */
export function marksFromStyles(body: HTMLElement): void {
  for (const { selector, test } of takenBack) {
    for (const element of body.querySelectorAll<HTMLElement>(selector)) {
      if (test(element.style)) element.replaceWith(...element.childNodes)
    }
  }
  for (const element of body.querySelectorAll<HTMLElement>('span[style], font[style], a[style]')) {
    for (const { tag, test } of marks) {
      if (!test(element.style) || isDrawing(element, tag)) continue
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

const isDrawing = (element: HTMLElement, tag: string) =>
  (tag === 'u' && element.closest('a') !== null) || (tag === 'b' && element.closest('h1, h2, h3, h4, h5, h6') !== null)

function unwrapAll(body: HTMLElement, selector: string) {
  for (const element of body.querySelectorAll(selector)) {
    const target = element.tagName === 'A' ? element.parentElement : element
    target?.replaceWith(...target.childNodes)
  }
}
