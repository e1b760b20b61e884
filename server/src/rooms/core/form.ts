import { isTextField, misfitsOf } from '@cabildo/schema/rules'
import * as Y from 'yjs'

/**
 * Keeps the tree well formed. Two honest edits can each be right and together break the schema (both halves of a
 * two-item list deleted at once). Editors then delete what they cannot build, each on its own; the room does the same
 * first, in the same frame, so that nobody ever renders the broken tree (docs/spec/room.md, RM17).
 */

const children = (parent: Y.XmlFragment): Y.Item[] => {
  const items: Y.Item[] = []
  for (let item = parent._start; item !== null; item = item.right) if (!item.deleted && item.countable) items.push(item)
  return items
}
const nameOf = (item: Y.Item): string => {
  const type = item.content instanceof Y.ContentType ? item.content.type : undefined
  return type instanceof Y.XmlElement ? type.nodeName : '#text'
}

/**
 * Deletes what the schema cannot hold below the given parents, inside the caller's transaction, and answers whether
 * anything had to go. Text that stands where it may is never touched.
 */
export function repairForm(transaction: Y.Transaction, parents: Iterable<Y.XmlFragment>): boolean {
  const waiting = [...parents]
  let repaired = false
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    const holder = parent._item
    if (holder?.deleted) continue
    const place = parent instanceof Y.XmlElement ? { node: parent.nodeName } : { field: Y.findRootTypeKey(parent) }
    if ('field' in place && !isTextField(place.field)) continue
    const items = children(parent)
    const { misfits, incomplete } = misfitsOf(place, items.map(nameOf))
    for (const index of misfits) items[index]?.delete(transaction)
    // Where something required is missing nothing may be invented: the parent goes, and its own parent is looked at.
    if (incomplete && holder) {
      holder.delete(transaction)
      if (holder.parent instanceof Y.XmlFragment) waiting.push(holder.parent)
    }
    if (misfits.length > 0 || incomplete) repaired = true
  }
  return repaired
}

/** The parents whose list of children an applied transaction may have broken. Typing and formatting give none. */
export function touchedParents(doc: Y.Doc, transaction: Y.Transaction, newNodes: readonly Y.ID[]): Set<Y.XmlFragment> {
  const parents = new Set<Y.XmlFragment>()
  for (const [type, keys] of transaction.changed) {
    if (type instanceof Y.XmlFragment && keys.has(null)) parents.add(type)
  }
  for (const id of newNodes) {
    const item = Y.getItem(doc.store, id)
    if (
      item instanceof Y.Item &&
      !item.deleted &&
      item.content instanceof Y.ContentType &&
      item.content.type instanceof Y.XmlElement
    ) {
      parents.add(item.content.type)
    }
  }
  return parents
}
