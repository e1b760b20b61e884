import { meetingMinutes } from './meeting-minutes.ts'
import { ogpCommitment } from './ogp-commitment.ts'
import { ogpPlan } from './ogp-plan.ts'
import type { Template } from './template.ts'

/** The forms with all their words: for who reads documents of any form. Long, and so no part of a first load. */
export const templates: readonly Template[] = [ogpCommitment, ogpPlan, meetingMinutes]

/** The form of a content with its words. Throws for one that this program does not know. */
export function templateNamed(content: { template: string; version: number }): Template {
  const found = templates.find(({ id, version }) => id === content.template && version === content.version)
  if (!found) throw new Error(`there is no form ${content.template} ${content.version}`)
  return found
}
