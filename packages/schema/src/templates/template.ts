/** A text in every language the screens speak. */
export interface Localized {
  es: string
  en: string
}

/** How a text field is written: one line, paragraphs and lists, or a table of milestones. */
export type FieldKind = 'line' | 'rich' | 'milestones'

/** One text field: a `Y.XmlFragment` of the same name in the document. */
export interface TemplateField {
  name: string
  kind: FieldKind
  label: Localized
  question: Localized
  help: Localized
  /** Characters of plain text that are enough for most. A hint, never a bar. */
  softLimit: number
  /** The row of the OGP form that it answers, counted from the form's first; left out where the form is not one of rows. */
  ogpRow?: number
}

/** A value to choose. `value` is what is stored and never changes; the label may. */
export interface FactOption {
  value: string
  label: Localized
}

interface FactBase {
  key: string
  label: Localized
  help: Localized
}

/** One short text. `pattern` is the source of a `u` regular expression that the whole text must match. */
export interface TextFact extends FactBase {
  kind: 'text'
  maxLength: number
  pattern?: string
}
/** A day, `YYYY-MM-DD`. */
export interface DateFact extends FactBase {
  kind: 'date'
}
/** Names in the order given. */
export interface ListFact extends FactBase {
  kind: 'list'
  maxItems: number
  maxLength: number
}
/** Some of the options. */
export interface ChoicesFact extends FactBase {
  kind: 'choices'
  options: readonly FactOption[]
  maxItems: number
}
/** One scalar of the document: an entry of the `Y.Map` `facts`. */
export type TemplateFact = TextFact | DateFact | ListFact | ChoicesFact

/** Fields and facts that stand together on the page, in order. */
export interface TemplateSection {
  id: string
  label: Localized
  help: Localized
  fields: readonly string[]
  facts: readonly string[]
}

/** A form without its words: what a document of it may hold. */
export interface TemplateShape {
  id: string
  version: number
  fields: readonly Pick<TemplateField, 'name' | 'kind'>[]
  facts: readonly TemplateFact[]
}

/**
 * A form as data. A document keeps the template and version it was written with; a change that adds, removes or
 * renames anything is a new version, a better wording is not.
 */
export interface Template extends TemplateShape {
  label: Localized
  /** How many days a public consultation of it lasts when nobody says; for what is consulted by itself. */
  consultationDays?: number
  sections: readonly TemplateSection[]
  fields: readonly TemplateField[]
}
