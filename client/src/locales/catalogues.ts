import type { ResourceKey } from 'i18next'
import type account from './es/account.json'
import type approvals from './es/approvals.json'
import type attachments from './es/attachments.json'
import type authorship from './es/authorship.json'
import type behalf from './es/behalf.json'
import type common from './es/common.json'
import type comparing from './es/comparing.json'
import type dissent from './es/dissent.json'
import type drafts from './es/drafts.json'
import type editor from './es/editor.json'
import type endorsements from './es/endorsements.json'
import type exports from './es/exports.json'
import type facts from './es/facts.json'
import type imports from './es/imports.json'
import type inputs from './es/inputs.json'
import type meetings from './es/meetings.json'
import type milestones from './es/milestones.json'
import type news from './es/news.json'
import type origins from './es/origins.json'
import type people from './es/people.json'
import type plans from './es/plans.json'
import type planText from './es/planText.json'
import type progress from './es/progress.json'
import type proposals from './es/proposals.json'
import type reading from './es/reading.json'
import type receipts from './es/receipts.json'
import type record from './es/record.json'
import type search from './es/search.json'
import type session from './es/session.json'
import type threads from './es/threads.json'
import type versions from './es/versions.json'
import type witnesses from './es/witnesses.json'
import type workshops from './es/workshops.json'
import type writing from './es/writing.json'

/** The namespaces and their keys, so that `t('…')` is checked by the compiler. One line per namespace. */
export interface Catalogues {
  account: typeof account
  attachments: typeof attachments
  approvals: typeof approvals
  authorship: typeof authorship
  behalf: typeof behalf
  common: typeof common
  comparing: typeof comparing
  dissent: typeof dissent
  drafts: typeof drafts
  editor: typeof editor
  endorsements: typeof endorsements
  exports: typeof exports
  facts: typeof facts
  imports: typeof imports
  inputs: typeof inputs
  meetings: typeof meetings
  milestones: typeof milestones
  news: typeof news
  origins: typeof origins
  people: typeof people
  planText: typeof planText
  plans: typeof plans
  progress: typeof progress
  proposals: typeof proposals
  reading: typeof reading
  record: typeof record
  receipts: typeof receipts
  search: typeof search
  session: typeof session
  threads: typeof threads
  versions: typeof versions
  witnesses: typeof witnesses
  workshops: typeof workshops
  writing: typeof writing
}

/** The words of one language by namespace, as they are loaded. */
export type Words = Record<keyof Catalogues, ResourceKey>

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Catalogues
  }
}
