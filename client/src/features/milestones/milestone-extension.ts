import { type Extensions, Node } from '@tiptap/core'
import { ReactNodeViewRenderer } from '@tiptap/react'
import { enterInMilestone } from './milestone-commands.ts'
import { MilestoneRow } from './milestone-row.tsx'

/** The extensions of a milestones field, with each milestone drawn as a row of the table and keys that move between its parts. */
export function withMilestoneRows(extensions: Extensions): Extensions {
  return extensions.map((extension) =>
    extension instanceof Node && extension.name === 'milestone'
      ? extension.extend({
          addNodeView: () => ReactNodeViewRenderer(MilestoneRow, { trackNodeViewPosition: true }),
          addKeyboardShortcuts() {
            const enter = () => enterInMilestone(this.editor)
            return { Enter: enter, 'Shift-Enter': enter }
          },
        })
      : extension,
  )
}
