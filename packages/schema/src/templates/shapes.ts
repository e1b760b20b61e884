import type * as Y from 'yjs'
import { meetingMinutesShape } from './meeting-minutes-shape.ts'
import { ogpCommitment } from './ogp-commitment.ts'
import { ogpPlanShape } from './ogp-plan-shape.ts'
import type { TemplateShape } from './template.ts'

/**
 * The forms that documents are written with. A name means one kind of field, and a key one kind of fact, in all of them:
 * what is said of a field alone needs no form.
 */
export const shapes: readonly TemplateShape[] = [ogpCommitment, ogpPlanShape, meetingMinutesShape]

/** The form that documents had before they said which: they need not say it. */
const firstShape: TemplateShape = ogpCommitment

/**
 * The root of a document that says which form it is of, a `Y.Map` of `template` and `version`. Its seed writes it and the
 * gate lets nobody else: so the form is known from the log alone, to who verifies it too. A commitment has none.
 */
export const formRoot = 'form'

/** The form of this name and version; undefined for one that this program does not know. */
function findShape(template: unknown, version: unknown): TemplateShape | undefined {
  return shapes.find((shape) => shape.id === template && shape.version === version)
}

/** The form of a content. Throws for one that this program does not know. */
export function shapeNamed(content: { template: string; version: number }): TemplateShape {
  const shape = findShape(content.template, content.version)
  if (!shape) throw new Error(`there is no form ${content.template} ${content.version}`)
  return shape
}

/** The form that a document says it is of. One that says nothing, or names a form this program does not know, is read as the first. */
export function shapeSaid(template: unknown, version: unknown): TemplateShape {
  return findShape(template, version) ?? firstShape
}

/** The form of a document, as it says itself. */
export function shapeOf(doc: Y.Doc): TemplateShape {
  if (!doc.share.has(formRoot)) return firstShape
  const form = doc.getMap(formRoot)
  return shapeSaid(form.get('template'), form.get('version'))
}

/** Says in a new document which form it is of. */
export function writeForm(doc: Y.Doc, { id, version }: TemplateShape): void {
  if (id === firstShape.id && version === firstShape.version) return
  const form = doc.getMap(formRoot)
  form.set('template', id)
  form.set('version', version)
}

/** Gives the roots of a document their types: they are told by name alone until somebody asks for one. */
export function defineRoots(doc: Y.Doc): void {
  for (const { name } of shapeOf(doc).fields) doc.getXmlFragment(name)
}
