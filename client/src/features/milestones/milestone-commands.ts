import type { Editor } from '@tiptap/core'
import type { Node } from '@tiptap/pm/model'
import { TextSelection } from '@tiptap/pm/state'

/** Where the milestone of that number begins; the end of the document for a number beyond the last. */
export function positionOf(doc: Node, index: number): number {
  let position = 0
  for (let at = 0; at < Math.min(index, doc.childCount); at++) position += doc.child(at).nodeSize
  return position
}

/** The number of the milestone that begins at a position, from 0. */
export const indexAt = (doc: Node, position: number): number => doc.resolve(position).index(0)

/** Adds an empty milestone after the last one and puts the cursor into its name. */
export function addMilestone(editor: Editor): void {
  const { state, view } = editor
  const milestone = state.schema.nodes.milestone?.createAndFill()
  if (!milestone) return
  const position = state.doc.content.size
  const transaction = state.tr.insert(position, milestone)
  // Two tokens in: into the milestone, into its name.
  transaction.setSelection(TextSelection.create(transaction.doc, position + 2))
  view.dispatch(transaction.scrollIntoView())
  editor.commands.focus()
}

/** Removes the milestone of that number; false when there is none. */
export function removeMilestone(editor: Editor, index: number): boolean {
  const { state, view } = editor
  const milestone = state.doc.maybeChild(index)
  if (!milestone) return false
  const position = positionOf(state.doc, index)
  view.dispatch(state.tr.delete(position, position + milestone.nodeSize))
  return true
}

/** Moves the milestone of that number by one place, up (-1) or down (1), in one step; false at the edge. */
export function moveMilestone(editor: Editor, index: number, by: -1 | 1): boolean {
  const { state, view } = editor
  const other = state.doc.maybeChild(index + by)
  const milestone = state.doc.maybeChild(index)
  if (!milestone || !other) return false
  // The one that is passed is moved: what is being written into the one that the person holds stays where it is.
  const from = positionOf(state.doc, index + by)
  const transaction = state.tr.delete(from, from + other.nodeSize)
  transaction.insert(positionOf(transaction.doc, index), other)
  view.dispatch(transaction)
  return true
}

/** Enter goes on: from the name to the outputs, in the outputs to a new line. */
export function enterInMilestone(editor: Editor): boolean {
  const { $from, $to } = editor.state.selection
  if ($from.parent.type.name === 'milestoneTitle') {
    if (!$to.sameParent($from)) return true
    return editor.commands.focus($from.after() + 1)
  }
  const lineBreak = editor.schema.nodes.hardBreak
  // TipTap's own command makes no break in a node that stands for itself.
  if ($from.parent.type.name !== 'milestoneOutputs' || !$to.sameParent($from) || !lineBreak) return false
  editor.view.dispatch(editor.state.tr.replaceSelectionWith(lineBreak.create()).scrollIntoView())
  return true
}

/** The name of a milestone in words; empty when it has none. */
export const nameOf = (milestone: Node): string => milestone.maybeChild(0)?.textContent.trim() ?? ''
