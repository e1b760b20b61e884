import type { ResourceKey } from 'i18next'
import type { Words } from './catalogues.ts'

const files = import.meta.glob<ResourceKey>(
  [
    './en/*.json',
    '!./en/account.json',
    '!./en/attachments.json',
    '!./en/approvals.json',
    '!./en/authorship.json',
    '!./en/behalf.json',
    '!./en/comparing.json',
    '!./en/dissent.json',
    '!./en/drafts.json',
    '!./en/endorsements.json',
    '!./en/exports.json',
    '!./en/facts.json',
    '!./en/imports.json',
    '!./en/meetings.json',
    '!./en/news.json',
    '!./en/origins.json',
    '!./en/inputs.json',
    '!./en/people.json',
    '!./en/planText.json',
    '!./en/plans.json',
    '!./en/progress.json',
    '!./en/proposals.json',
    '!./en/receipts.json',
    '!./en/record.json',
    '!./en/search.json',
    '!./en/session.json',
    '!./en/threads.json',
    '!./en/versions.json',
    '!./en/witnesses.json',
    '!./en/workshops.json',
    '!./en/writing.json',
  ],
  { eager: true, import: 'default' },
)

// The test of the catalogues holds the files to the names.
/** Every namespace of this language but the late ones (late.ts), by name. A chunk of its own, loaded only when the language is in use. */
export const catalogue: Words = Object.fromEntries(
  Object.entries(files).map(([path, words]) => [path.slice('./en/'.length, -'.json'.length), words]),
) as Words
