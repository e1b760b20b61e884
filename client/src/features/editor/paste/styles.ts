/**
 * Pasted HTML with its styles told in `data-style`, and without its sheets. A page whose content policy forbids inline
 * styles does not read them in parsed text either: `element.style` would be empty, and every one of them a complaint.
 */
export const quietStyles = (html: string): string =>
  html
    .replace(/<style[\s\S]*?<\/style\s*>/gi, '')
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\sstyle\s*=/gi, ' data-style='))

/** The declarations of a quiet style by property, all in small letters. */
export function stylesOf(element: Element): ReadonlyMap<string, string> {
  const declarations = (element.getAttribute('data-style') ?? '').toLowerCase().split(';')
  return new Map(
    declarations.flatMap((declaration): [string, string][] => {
      const [property = '', ...value] = declaration.split(':')
      return value.length > 0 ? [[property.trim(), value.join(':').replace('!important', '').trim()]] : []
    }),
  )
}
