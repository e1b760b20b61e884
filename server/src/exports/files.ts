/** Every file a plan can be taken along as: pure renderers by name. They hold what they are given, and nothing of who asks. */
import type { Typesetting } from '../typeset/service.ts'
import { checkPlan } from './checklist/check.ts'
import { checklistOutline } from './checklist/document.ts'
import { formOutline, formSheet } from './form-sheet.ts'
import { outlineHtml } from './html.ts'
import { outlineMarkdown } from './markdown.ts'
import type { Outline } from './outline.ts'
import { outlineTypesetting } from './pdf.ts'
import { plainJson, planFile } from './plan-file.ts'
import { planOutline } from './plan-outline.ts'
import type { Exporting, MemberPlan, PlanWithInputs } from './plan-text.ts'
import { commitmentsTable, groupsTable, inputsTable, meetingsTable, milestonesTable } from './tables.ts'

/** What surrounds a file when it is made. `origin` is where this program is, for what names its own schema. */
export interface Making extends Exporting {
  origin: string
}

/** A file as it was made: its text, or what it is yet to be made from in a process of its own (`finish`). */
export type Made = string | { typeset: Typesetting } | { docx: Outline }

interface FileKind<Given> {
  mediaType: string
  /** How it is called, by language. */
  name: { es: string; en: string }
  make(given: Given, making: Making): Made | Promise<Made>
}

const csv = 'text/csv; charset=utf-8'
const json = 'application/json; charset=utf-8'
const html = 'text/html; charset=utf-8'
const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** The files that can be made of any plan, by the last step of their address. */
const planKinds = {
  'plan.pdf': {
    mediaType: 'application/pdf',
    name: { es: 'plan.pdf', en: 'plan.pdf' },
    make: ({ plan }, making) => ({ typeset: outlineTypesetting(planOutline(plan, making)) }),
  },
  'plan.docx': {
    mediaType: docx,
    name: { es: 'plan.docx', en: 'plan.docx' },
    make: ({ plan }, making) => ({ docx: planOutline(plan, making) }),
  },
  'plan.html': {
    mediaType: html,
    name: { es: 'plan.html', en: 'plan.html' },
    make: ({ plan }, making) => outlineHtml(planOutline(plan, making)),
  },
  'plan.md': {
    mediaType: 'text/markdown; charset=utf-8',
    name: { es: 'plan.md', en: 'plan.md' },
    make: ({ plan }, making) => outlineMarkdown(planOutline(plan, making)),
  },
  'plan.json': { mediaType: json, name: { es: 'plan.json', en: 'plan.json' }, make: planFile },
  'commitments.csv': {
    mediaType: csv,
    name: { es: 'compromisos.csv', en: 'commitments.csv' },
    make: ({ plan }, { language }) => commitmentsTable(plan, language),
  },
  'milestones.csv': {
    mediaType: csv,
    name: { es: 'hitos.csv', en: 'milestones.csv' },
    make: ({ plan }, { language }) => milestonesTable(plan, language),
  },
  'inputs.csv': {
    mediaType: csv,
    name: { es: 'aportes.csv', en: 'contributions.csv' },
    make: ({ inputs }, { language }) => inputsTable(inputs, language),
  },
  'groups.csv': {
    mediaType: csv,
    name: { es: 'grupos.csv', en: 'groups.csv' },
    make: ({ plan }, { language }) => groupsTable(plan, language),
  },
  'meetings.csv': {
    mediaType: csv,
    name: { es: 'reuniones.csv', en: 'meetings.csv' },
    make: ({ plan }, { language }) => meetingsTable(plan, language),
  },
  'ogp-form.csv': {
    mediaType: csv,
    name: { es: 'formulario-ogp.csv', en: 'ogp-form.csv' },
    make: ({ plan }, { language }) => formSheet(plan, language),
  },
  'ogp-form.html': {
    mediaType: html,
    name: { es: 'formulario-ogp.html', en: 'ogp-form.html' },
    make: ({ plan }, making) => outlineHtml(formOutline(plan, making)),
  },
} as const satisfies Record<string, FileKind<PlanWithInputs>>

/** Those that say how the plan came about, which its members know. */
const memberKinds = {
  'requirements.pdf': {
    mediaType: 'application/pdf',
    name: { es: 'requisitos-ogp.pdf', en: 'ogp-requirements.pdf' },
    make: (given, making) => ({ typeset: outlineTypesetting(checklistOf(given, making)) }),
  },
  'requirements.html': {
    mediaType: html,
    name: { es: 'requisitos-ogp.html', en: 'ogp-requirements.html' },
    make: (given, making) => outlineHtml(checklistOf(given, making)),
  },
  'requirements.json': {
    mediaType: json,
    name: { es: 'requisitos-ogp.json', en: 'ogp-requirements.json' },
    make: (given, { at }) => `${plainJson({ checkedAt: at.toISOString(), requirements: checkPlan(given, at) })}\n`,
  },
} as const satisfies Record<string, FileKind<MemberPlan>>

const fileKinds = { ...planKinds, ...memberKinds }

/** The name of a file in addresses: of one that anybody's plan has, and of any that its members have. */
export type PlanFileName = keyof typeof planKinds
export type FileName = keyof typeof fileKinds

/** Whether an address ends in the name of such a file. */
export const isPlanFileName = (name: string): name is PlanFileName => Object.hasOwn(planKinds, name)
export const isFileName = (name: string): name is FileName => Object.hasOwn(fileKinds, name)

/** The names of the files, in the order in which they are offered. */
// `Object.keys` forgets what the table says.
export const planFileNames = Object.keys(planKinds) as PlanFileName[]
export const fileNames = Object.keys(fileKinds) as FileName[]

/** Whether a file says the same whichever texts of the plan are asked for: how it came about is never a draft. */
export const isOfProcess = (name: FileName): boolean => Object.hasOwn(memberKinds, name)

/** What a file is, and how it is called when it is saved. */
export function describeFile(name: FileName): Pick<FileKind<unknown>, 'mediaType' | 'name'> {
  const { mediaType, name: savedAs } = fileKinds[name]
  return { mediaType, name: savedAs }
}

/** Makes one file of a plan. `finish` answers its bytes. Those that tell each input are made in slices: rooms share the thread. */
export function makePlanFile(name: PlanFileName, given: PlanWithInputs, making: Making): Made | Promise<Made> {
  return planKinds[name].make(given, making)
}

/** Makes one file as members have it. */
export function makeFile(name: FileName, given: MemberPlan, making: Making): Made | Promise<Made> {
  return fileKinds[name].make(given, making)
}

const checklistOf = (given: MemberPlan, making: Making) =>
  checklistOutline(given.plan, checkPlan(given, making.at), making)
