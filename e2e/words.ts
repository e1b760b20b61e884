import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { templates } from '@cabildo/schema/templates/templates'
import enAccount from '../client/src/locales/en/account.json' with { type: 'json' }
import enApprovals from '../client/src/locales/en/approvals.json' with { type: 'json' }
import enAttachments from '../client/src/locales/en/attachments.json' with { type: 'json' }
import enAuthorship from '../client/src/locales/en/authorship.json' with { type: 'json' }
import enBehalf from '../client/src/locales/en/behalf.json' with { type: 'json' }
import enCommon from '../client/src/locales/en/common.json' with { type: 'json' }
import enComparing from '../client/src/locales/en/comparing.json' with { type: 'json' }
import enDissent from '../client/src/locales/en/dissent.json' with { type: 'json' }
import enDrafts from '../client/src/locales/en/drafts.json' with { type: 'json' }
import enEditor from '../client/src/locales/en/editor.json' with { type: 'json' }
import enEndorsements from '../client/src/locales/en/endorsements.json' with { type: 'json' }
import enFacts from '../client/src/locales/en/facts.json' with { type: 'json' }
import enImports from '../client/src/locales/en/imports.json' with { type: 'json' }
import enInputs from '../client/src/locales/en/inputs.json' with { type: 'json' }
import enMeetings from '../client/src/locales/en/meetings.json' with { type: 'json' }
import enMilestones from '../client/src/locales/en/milestones.json' with { type: 'json' }
import enNews from '../client/src/locales/en/news.json' with { type: 'json' }
import enOrigins from '../client/src/locales/en/origins.json' with { type: 'json' }
import enPeople from '../client/src/locales/en/people.json' with { type: 'json' }
import enPlans from '../client/src/locales/en/plans.json' with { type: 'json' }
import enPlanText from '../client/src/locales/en/planText.json' with { type: 'json' }
import enProgress from '../client/src/locales/en/progress.json' with { type: 'json' }
import enProposals from '../client/src/locales/en/proposals.json' with { type: 'json' }
import enReading from '../client/src/locales/en/reading.json' with { type: 'json' }
import enReceipts from '../client/src/locales/en/receipts.json' with { type: 'json' }
import enRecord from '../client/src/locales/en/record.json' with { type: 'json' }
import enSearch from '../client/src/locales/en/search.json' with { type: 'json' }
import enSession from '../client/src/locales/en/session.json' with { type: 'json' }
import enThreads from '../client/src/locales/en/threads.json' with { type: 'json' }
import enVersions from '../client/src/locales/en/versions.json' with { type: 'json' }
import enWorkshops from '../client/src/locales/en/workshops.json' with { type: 'json' }
import enWriting from '../client/src/locales/en/writing.json' with { type: 'json' }
import esAccount from '../client/src/locales/es/account.json' with { type: 'json' }
import esApprovals from '../client/src/locales/es/approvals.json' with { type: 'json' }
import esAttachments from '../client/src/locales/es/attachments.json' with { type: 'json' }
import esAuthorship from '../client/src/locales/es/authorship.json' with { type: 'json' }
import esBehalf from '../client/src/locales/es/behalf.json' with { type: 'json' }
import esCommon from '../client/src/locales/es/common.json' with { type: 'json' }
import esComparing from '../client/src/locales/es/comparing.json' with { type: 'json' }
import esDissent from '../client/src/locales/es/dissent.json' with { type: 'json' }
import esDrafts from '../client/src/locales/es/drafts.json' with { type: 'json' }
import esEditor from '../client/src/locales/es/editor.json' with { type: 'json' }
import esEndorsements from '../client/src/locales/es/endorsements.json' with { type: 'json' }
import esFacts from '../client/src/locales/es/facts.json' with { type: 'json' }
import esImports from '../client/src/locales/es/imports.json' with { type: 'json' }
import esInputs from '../client/src/locales/es/inputs.json' with { type: 'json' }
import esMeetings from '../client/src/locales/es/meetings.json' with { type: 'json' }
import esMilestones from '../client/src/locales/es/milestones.json' with { type: 'json' }
import esNews from '../client/src/locales/es/news.json' with { type: 'json' }
import esOrigins from '../client/src/locales/es/origins.json' with { type: 'json' }
import esPeople from '../client/src/locales/es/people.json' with { type: 'json' }
import esPlans from '../client/src/locales/es/plans.json' with { type: 'json' }
import esPlanText from '../client/src/locales/es/planText.json' with { type: 'json' }
import esProgress from '../client/src/locales/es/progress.json' with { type: 'json' }
import esProposals from '../client/src/locales/es/proposals.json' with { type: 'json' }
import esReading from '../client/src/locales/es/reading.json' with { type: 'json' }
import esReceipts from '../client/src/locales/es/receipts.json' with { type: 'json' }
import esRecord from '../client/src/locales/es/record.json' with { type: 'json' }
import esSearch from '../client/src/locales/es/search.json' with { type: 'json' }
import esSession from '../client/src/locales/es/session.json' with { type: 'json' }
import esThreads from '../client/src/locales/es/threads.json' with { type: 'json' }
import esVersions from '../client/src/locales/es/versions.json' with { type: 'json' }
import esWorkshops from '../client/src/locales/es/workshops.json' with { type: 'json' }
import esWriting from '../client/src/locales/es/writing.json' with { type: 'json' }

/** The words of every screen in English, as the program itself has them. */
export const en = {
  account: enAccount,
  attachments: enAttachments,
  approvals: enApprovals,
  authorship: enAuthorship,
  behalf: enBehalf,
  common: enCommon,
  comparing: enComparing,
  dissent: enDissent,
  drafts: enDrafts,
  editor: enEditor,
  endorsements: enEndorsements,
  facts: enFacts,
  imports: enImports,
  inputs: enInputs,
  meetings: enMeetings,
  milestones: enMilestones,
  news: enNews,
  origins: enOrigins,
  people: enPeople,
  planText: enPlanText,
  plans: enPlans,
  progress: enProgress,
  proposals: enProposals,
  reading: enReading,
  record: enRecord,
  receipts: enReceipts,
  search: enSearch,
  session: enSession,
  threads: enThreads,
  versions: enVersions,
  workshops: enWorkshops,
  writing: enWriting,
}

/** The words of every screen in one language; Spanish has more plurals than English, which no journey needs. */
export type Words = typeof en

/** The same in Spanish. */
export const es: Words = {
  account: esAccount,
  attachments: esAttachments,
  approvals: esApprovals,
  authorship: esAuthorship,
  behalf: esBehalf,
  common: esCommon,
  comparing: esComparing,
  dissent: esDissent,
  drafts: esDrafts,
  editor: esEditor,
  endorsements: esEndorsements,
  facts: esFacts,
  imports: esImports,
  inputs: esInputs,
  meetings: esMeetings,
  milestones: esMilestones,
  news: esNews,
  origins: esOrigins,
  people: esPeople,
  planText: esPlanText,
  plans: esPlans,
  progress: esProgress,
  proposals: esProposals,
  reading: esReading,
  record: esRecord,
  receipts: esReceipts,
  search: esSearch,
  session: esSession,
  threads: esThreads,
  versions: esVersions,
  workshops: esWorkshops,
  writing: esWriting,
}

/** Puts values into the gaps of a text: `Versión {{number}}`. A gap without a value is a mistake of the test. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`"${text}" needs a ${name}`)
    return String(value)
  })
}

/** What a field of a form is called and asks, by its name in the document. */
export function fieldWords(name: string, language: 'es' | 'en' = 'es'): { label: string; question: string } {
  const field = templates.flatMap(({ fields }) => fields).find((one) => one.name === name)
  if (!field) throw new Error(`no field is called ${name}`)
  return { label: field.label[language], question: field.question[language] }
}

/** What a fact of the form is called, by its key in the document. */
export function factLabel(key: string, language: 'es' | 'en' = 'es'): string {
  const fact = ogpCommitment.facts.find((one) => one.key === key)
  if (!fact) throw new Error(`no fact is called ${key}`)
  return fact.label[language]
}
