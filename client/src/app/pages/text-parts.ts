import { ReservedNotes } from '../../features/dissent/reserved-note.tsx'
import { ReservedPart } from '../../features/dissent/reserved-part.tsx'
import DraftsNotice from '../../features/drafts/drafts-notice.tsx'
import { ImportTool } from '../../features/imports/import-tool.tsx'
import { ReceiptTool } from '../../features/receipts/receipt-tool.tsx'
import { ThreadsButton } from '../../features/threads/threads-button.tsx'
import Proposing from './proposing-in-plan.tsx'
import Standing from './standing.tsx'
import ThreadsPart from './threads-of-commitment.tsx'
import WhoButton from './who-button.tsx'

/**
 * What stands beside every text, fetched as one file once one can write: each of some forty small ones cost a phone as much
 * as ten kilobytes, and the page a task of its own.
 */
export const textParts = {
  DraftsNotice,
  ImportTool,
  Proposing,
  ReceiptTool,
  ReservedNotes,
  ReservedPart,
  Standing,
  ThreadsButton,
  ThreadsPart,
  WhoButton,
}
