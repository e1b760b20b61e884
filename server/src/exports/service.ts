/**
 * Files that a plan is taken along as.
 * 1. A plan is read for who asks, with their rights as they are now; guests of a workshop take nothing.
 * 2. Renderers that know neither database nor reader make the file; what takes long is done in processes of their own.
 */

import { AppError } from '@cabildo/protocol/errors'
import type { ExportList } from '@cabildo/protocol/http/exports'
import type { WrittenLanguage } from '@cabildo/protocol/names'
import { may } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import { enterPlan } from '../people/service.ts'
import { findPlan } from '../plans/store.ts'
import type { PublicPlan } from '../publish/reading.ts'
import type { PublicDeps } from '../publish/service.ts'
import { atOnce } from '../turns.ts'
import {
  describeFile,
  type FileName,
  fileNames,
  isOfProcess,
  type Making,
  makeFile,
  makePlanFile,
  type PlanFileName,
} from './files.ts'
import { finish } from './finish.ts'
import { fromPublic } from './from-public.ts'
import type { PlanText } from './plan-text.ts'
import { type ReadingDeps, readForMember, type WantedText, withPublicInputs } from './reading-service.ts'

/** What surrounds files that are made. */
export interface MakingDeps {
  config: { readonly baseUrl: string }
  now: () => Date
}

/** A file as it is sent. */
export interface SentFile {
  bytes: Uint8Array
  mediaType: string
  name: string
}

/** What somebody can take along of a plan. */
export async function listExports({ db }: Pick<ReadingDeps, 'db'>, actor: Actor, given: string): Promise<ExportList> {
  const { planId, role } = await enterPlan(db, actor, given, 'plan.export')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  const plan = await findPlan(db, planId)
  return {
    files: fileNames.map((name) => ({ name, savedAs: describeFile(name).name })),
    published: plan !== undefined && plan.state !== 'planning',
    evidence: may(role, 'evidence.export'),
  }
}

/** Makes one file of a plan for somebody who takes part in it. */
export async function exportPlan(
  deps: ReadingDeps & MakingDeps,
  actor: Actor,
  given: string,
  { name, language, text }: { name: FileName; language: WrittenLanguage; text: WantedText },
): Promise<SentFile> {
  const read = await readForMember(deps, actor, given, isOfProcess(name) ? 'working' : text)
  const bytes = await finish(makeFile(name, read, makingOf(deps, read.plan, language)))
  return sentAs(read.plan, { name, language, bytes })
}

/** Makes one file of a public plan for anybody, at once: members do not wait in one line with strangers, who have their own. */
export async function exportPublicPlan(
  deps: PublicDeps & MakingDeps,
  plan: PublicPlan,
  { name, language }: { name: PlanFileName; language: WrittenLanguage },
): Promise<SentFile> {
  const read = tellsInputs(name) ? await withPublicInputs(deps, plan) : { plan: fromPublic(plan), inputs: [] }
  const bytes = await finish(makePlanFile(name, read, makingOf(deps, plan, language)), atOnce)
  return sentAs(plan, { name, language, bytes })
}

/** Whether a file holds inputs one by one, with the names of those who wanted theirs shown. */
export const tellsInputs = (name: PlanFileName): boolean => name === 'plan.json' || name === 'inputs.csv'

/** Whether a file is made in a process of its own, which takes seconds. */
export const takesLong = (name: PlanFileName): boolean => name.endsWith('.pdf') || name.endsWith('.docx')

function sentAs(
  { slug }: Pick<PlanText, 'slug'>,
  { name, language, bytes }: { name: FileName; language: WrittenLanguage; bytes: Uint8Array },
): SentFile {
  const { mediaType, name: names } = describeFile(name)
  return { bytes, mediaType, name: `${slug}-${names[language]}` }
}

/** What surrounds a file of this plan, made now. */
export function makingOf(
  { config, now }: MakingDeps,
  { slug, state }: Pick<PlanText, 'slug' | 'state'>,
  language: WrittenLanguage,
): Making {
  const shown = language === 'en' ? `/en/p/${slug}` : `/p/${slug}`
  const path = state === 'planning' ? `/plans/${slug}` : shown
  return { language, at: now(), origin: config.baseUrl, address: new URL(path, config.baseUrl).href }
}
