/** The picture that a link to a public page shows where links are shared. */
import { readFileSync } from 'node:fs'
import { drawPicture } from '../../typeset/picture.ts'
import { drawable } from '../../typeset/service.ts'
import type { PublicCommitment, PublicPlan } from '../reading.ts'
import { beginningOf, type Site } from './page.ts'

const template = readFileSync(new URL('card.typ', import.meta.url), 'utf8')

/** What the card of a plan, or of one of its commitments, says. */
export function cardOf({ say, language }: Site, plan: PublicPlan, one?: PublicCommitment): object {
  const title = drawable(beginningOf(one ? one.title : plan.title, 180))
  return {
    language,
    over: one ? say.commitment(one.number) : '',
    title,
    size: title.length > 90 ? 36 : 48,
    place: drawable(beginningOf(one ? plan.title : plan.place, 60)),
    state: one ? say.standing[one.standing] : say.planState[plan.state],
  }
}

/** Draws a card: 1200 × 630 pixels, PNG. */
export function drawCard(data: object): Promise<Uint8Array> {
  return drawPicture({ template, data })
}
