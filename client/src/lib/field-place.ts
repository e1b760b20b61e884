/**
 * Where a field or a fact of an open text stands on the page. Facts that cannot be changed have no place of their own: then
 * it is all facts of their section.
 */
export function fieldPlace(name: string, form: ParentNode = document): HTMLElement | null {
  const id = CSS.escape(name)
  return (
    form.querySelector<HTMLElement>(`#field-${id}, [data-fact="${id}"]`) ??
    form.querySelector<HTMLElement>(`[data-facts~="${id}"]`)
  )
}
