import type { ResourceKey } from 'i18next'
import type { Words } from './catalogues.ts'

const files = import.meta.glob<ResourceKey>(
  [
    './es/*.json',
    '!./es/account.json',
    '!./es/attachments.json',
    '!./es/approvals.json',
    '!./es/authorship.json',
    '!./es/behalf.json',
    '!./es/comparing.json',
    '!./es/dissent.json',
    '!./es/drafts.json',
    '!./es/endorsements.json',
    '!./es/exports.json',
    '!./es/facts.json',
    '!./es/imports.json',
    '!./es/meetings.json',
    '!./es/news.json',
    '!./es/origins.json',
    '!./es/inputs.json',
    '!./es/people.json',
    '!./es/planText.json',
    '!./es/plans.json',
    '!./es/progress.json',
    '!./es/proposals.json',
    '!./es/receipts.json',
    '!./es/record.json',
    '!./es/search.json',
    '!./es/session.json',
    '!./es/threads.json',
    '!./es/versions.json',
    '!./es/witnesses.json',
    '!./es/workshops.json',
    '!./es/writing.json',
  ],
  { eager: true, import: 'default' },
)

// The test of the catalogues holds the files to the names.
/** Every namespace of this language but the late ones (late.ts), by name. A chunk of its own, loaded only when the language is in use. */
export const catalogue: Words = Object.fromEntries(
  Object.entries(files).map(([path, words]) => [path.slice('./es/'.length, -'.json'.length), words]),
) as Words
