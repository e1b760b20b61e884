/** A whole plan as one document: what it says, who approved which exact text, and where that can be checked. */
import {
  commitmentStateNames,
  milestoneStatusNames,
  outcomeNames,
  sectorNames,
  type WrittenLanguage,
} from '@cabildo/protocol/names'
import { dayInWords } from '@cabildo/schema/milestone-words'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import type { PublicApproval, PublicFact, PublicPerson } from '../publish/reading.ts'
import { words as matrixWords } from '../review/inputs/matrix.ts'
import { type Block, clean, fieldBlocks, heading, type Outline, paragraph, plainTable } from './outline.ts'
import type { CommitmentText, Exporting, MilestoneText, PlanText, SectionText } from './plan-text.ts'
import { dayOf } from './words.ts'

const said = {
  es: {
    standing: {
      ...{ working: 'Borrador de trabajo: todavía puede cambiar.', draft: 'Borrador en consulta pública.' },
      ...{ consulted: 'Texto que estuvo en consulta y se sigue trabajando.', approved: 'Texto aprobado.' },
      amending: 'Texto que fue aprobado y está en enmienda.',
    },
    glance: 'El plan de un vistazo',
    sections: 'El plan',
    commitments: 'Compromisos',
    commitment: (number: number, title: string) => `Compromiso ${number}. ${title}`,
    state: 'Estado',
    version: 'Versión',
    hash: 'Huella del texto',
    empty: 'Sin texto todavía.',
    progress: 'Avance de los hitos',
    progressHead: ['Hito', 'Estado', 'Lo informado', 'Fecha'],
    approvals: 'Aprobaciones',
    approvalHead: ['Quién', 'Parte', 'Fecha', 'Entrada del registro', 'Firma'],
    party: { government: 'Alcaldía', civil_society: 'Sociedad civil' },
    signed: ['Con clave de acceso', 'Con contraseña'],
    dissents: 'Reservas de grupos',
    ofDraft: 'La reservó sobre un borrador; sus palabras no son públicas.',
    withdrawn: 'Retirada.',
    endorsements: 'Avales no gubernamentales',
    endorsementHead: ['Nombre', 'Cargo', 'Organización', 'Compromisos', 'Fecha', 'Entrada del registro'],
    files: 'Cartas y archivos',
    groups: 'Grupos que participan',
    groupHead: ['Grupo', 'Sector'],
    meetings: 'Reuniones y talleres',
    meetingHead: ['Fecha', 'Reunión', 'Lugar', 'Asistentes', 'Grupos'],
    inputs: 'Aportes y respuestas',
    inputCount: (total: number, answered: number) => `Aportes recibidos: ${total}. Con respuesta: ${answered}.`,
    outcomeHead: ['Resultado', 'Aportes'],
    made: (day: string) => `Documento generado el ${day}.`,
    check: 'Cómo comprobar este documento',
    checkWords:
      'Cada texto lleva su huella (SHA-256). El registro del plan guarda cada versión, decisión y respuesta en orden, firmado. Descargue el registro y compruébelo sin conexión, o compare la huella con la de la página pública.',
    checkpoint: (size: number) => `Registro firmado hasta la entrada ${size} del árbol.`,
    key: 'Clave del registro',
    last: 'Última entrada del plan',
  },
  en: {
    standing: {
      ...{ working: 'Working draft: it may still change.', draft: 'Draft in public consultation.' },
      ...{ consulted: 'Text that stood in a consultation and is being worked on.', approved: 'Approved text.' },
      amending: 'Text that was approved and is being amended.',
    },
    glance: 'The plan at a glance',
    sections: 'The plan',
    commitments: 'Commitments',
    commitment: (number: number, title: string) => `Commitment ${number}. ${title}`,
    state: 'State',
    version: 'Version',
    hash: 'Hash of the text',
    empty: 'No text yet.',
    progress: 'Progress on milestones',
    progressHead: ['Milestone', 'Status', 'What was reported', 'Date'],
    approvals: 'Approvals',
    approvalHead: ['Who', 'Side', 'Date', 'Entry of the record', 'Signature'],
    party: { government: 'Mayor’s office', civil_society: 'Civil society' },
    signed: ['With a passkey', 'With a password'],
    dissents: 'Reserved positions',
    ofDraft: 'It was reserved on a draft; its words are not public.',
    withdrawn: 'Withdrawn.',
    endorsements: 'Non-governmental endorsements',
    endorsementHead: ['Name', 'Role', 'Organisation', 'Commitments', 'Date', 'Entry of the record'],
    files: 'Letters and files',
    groups: 'Groups that take part',
    groupHead: ['Group', 'Sector'],
    meetings: 'Meetings and workshops',
    meetingHead: ['Date', 'Meeting', 'Place', 'Attended', 'Groups'],
    inputs: 'Contributions and answers',
    inputCount: (total: number, answered: number) => `Contributions received: ${total}. Answered: ${answered}.`,
    outcomeHead: ['Outcome', 'Contributions'],
    made: (day: string) => `Made on ${day}.`,
    check: 'How to check this document',
    checkWords:
      'Each text carries its hash (SHA-256). The plan’s record keeps every version, decision and answer in order, signed. Download the record and check it offline, or compare the hash with that of the public page.',
    checkpoint: (size: number) => `Record signed up to entry ${size} of the tree.`,
    key: 'Key of the record',
    last: 'Last entry of the plan',
  },
} as const

/** A plan as a document. Sections and fields that nobody has written in yet say so. */
export function planOutline(plan: PlanText, { language, at, address }: Exporting): Outline {
  const say = said[language]
  const { title, place, record } = plan
  const made = say.made(dayOf(at, language))
  return {
    ...{ language, title: clean(title), author: clean(place), at },
    lines: [clean(place), made],
    blocks: [
      ...factBlocks(say.glance, plan.facts, language),
      ...sectionBlocks(plan.sections, language),
      ...plan.commitments.flatMap((commitment) => commitmentBlocks(commitment, language)),
      ...aroundBlocks(plan, language),
      ...checkBlocks(plan, language),
    ],
    foot: {
      lines: [
        [clean(title), made].join(' · '),
        ...(record.checkpoint ? [say.checkpoint(record.checkpoint.size)] : []),
        ...(record.hash === null ? [] : [`${say.last}: ${record.seq} · ${record.hash}`]),
      ],
      address,
    },
  }
}

function sectionBlocks(sections: readonly SectionText[], language: WrittenLanguage): Block[] {
  const say = said[language]
  const version = sections[0]?.version
  if (!version) return []
  return [
    heading(2, say.sections, 'plan'),
    ...(version.number === null ? [{ kind: 'note', text: say.standing.working } as const] : []),
    { kind: 'facts', rows: [{ term: say.hash, text: version.contentHash }] },
    ...sections.flatMap((section) => writtenBlocks(section, { level: 3, anchor: section.key, language })),
  ]
}

/** What was written under a heading of its own; that nothing was, where it is empty. */
function writtenBlocks(
  { label, content, empty }: Pick<SectionText, 'label' | 'content' | 'empty'>,
  { level, anchor, language }: { level: 3 | 4; anchor: string; language: WrittenLanguage },
): Block[] {
  const blocks = empty
    ? [{ kind: 'note', text: said[language].empty } as const]
    : fieldBlocks(content, { under: level, language })
  return [heading(level, label[language], anchor), ...blocks]
}

function factBlocks(title: string, facts: readonly PublicFact[], language: WrittenLanguage): Block[] {
  if (facts.length === 0) return []
  return [heading(2, title, 'glance'), factsOf(facts, language)]
}

const factsOf = (facts: readonly PublicFact[], language: WrittenLanguage): Block => ({
  kind: 'facts',
  rows: facts.map(({ label, text }) => ({
    term: clean(label[language]),
    text: clean(text[language]).replaceAll(/\n+/g, '; '),
  })),
})

function commitmentBlocks(commitment: CommitmentText, language: WrittenLanguage): Block[] {
  const say = said[language]
  const { number, title, state, standing, version, facts, fields, milestones, approvals, dissents } = commitment
  const anchor = `c${number}`
  const told = [
    { term: say.state, text: commitmentStateNames[language][state] },
    ...(version.number === null
      ? []
      : [{ term: say.version, text: [String(version.number), version.name].filter(Boolean).join(': ') }]),
    { term: say.hash, text: version.contentHash },
  ]
  const written = new Map(fields.map((field) => [field.key, field]))
  const sections = ogpCommitment.sections.flatMap((section): Block[] => {
    const own = facts.filter(({ key }) => section.facts.some((name) => name === key))
    const blocks = section.fields.flatMap((name): Block[] => {
      const field = written.get(name)
      return field ? writtenBlocks(field, { level: 4, anchor: `${anchor}-${name}`, language }) : []
    })
    if (own.length === 0 && blocks.length === 0) return []
    return [heading(3, section.label[language]), ...(own.length > 0 ? [factsOf(own, language)] : []), ...blocks]
  })
  return [
    heading(2, say.commitment(number, title), anchor),
    { kind: 'note', text: say.standing[standing] },
    { kind: 'facts', rows: told.map(({ term, text }) => ({ term, text: clean(text) })) },
    ...sections,
    ...progressBlocks(milestones, language),
    ...approvalBlocks(approvals, language),
    ...(dissents.length === 0
      ? []
      : [
          heading(3, say.dissents),
          ...dissents.flatMap(({ group, label, quote, position, withdrawnAt }): Block[] => [
            { kind: 'facts', rows: [{ term: clean(group.name), text: clean(label[language]) }] },
            ...(quote === null ? [] : [{ kind: 'quote', blocks: [paragraph(quote)] } as const]),
            paragraph(position || say.ofDraft),
            ...(withdrawnAt === null ? [] : [{ kind: 'note', text: say.withdrawn } as const]),
          ]),
        ]),
  ]
}

function progressBlocks(milestones: readonly MilestoneText[], language: WrittenLanguage): Block[] {
  const say = said[language]
  const rows = milestones.flatMap(({ number, title, progress }) => {
    const last = progress.at(-1)
    const [note, day] = [[last?.note, last?.link].filter(Boolean).join('\n'), last?.day]
    return last && day
      ? [[`${number}. ${title}`, milestoneStatusNames[language][last.status], note, dayInWords(day, language)]]
      : []
  })
  return tableUnder(heading(3, say.progress), say.progressHead, rows)
}

function approvalBlocks(approvals: readonly PublicApproval[], language: WrittenLanguage): Block[] {
  const say = said[language]
  const inForce = approvals.filter(({ state }) => state === 'approved')
  if (inForce.length === 0) return []
  return [
    heading(3, say.approvals),
    ...inForce.flatMap(({ contentHash, decisions }) => [
      { kind: 'facts', rows: [{ term: say.hash, text: contentHash }] } as const,
      plainTable(
        say.approvalHead,
        decisions.map(({ person, party, at, entry, signed }) => [
          personName(person, language),
          say.party[party],
          dayOf(at, language),
          String(entry),
          say.signed[signed ? 0 : 1] ?? '',
        ]),
      ),
    ]),
  ]
}

function aroundBlocks(plan: PlanText, language: WrittenLanguage): Block[] {
  const say = said[language]
  const [sector, outcome] = [sectorNames[language], outcomeNames[language]]
  const { groups, meetings, inputs, endorsements, files } = plan
  return [
    ...tableUnder(
      heading(2, say.endorsements),
      say.endorsementHead,
      endorsements.map(({ name, role, organisation, texts, at, entry }) => [
        ...[name, role, organisation, texts.map(({ number }) => String(number)).join(', ')],
        ...[dayOf(at, language), String(entry)],
      ]),
    ),
    ...(files.length === 0
      ? []
      : [
          heading(2, say.files),
          {
            kind: 'facts',
            rows: files.map(({ name, sha256 }) => ({ term: clean(name), text: `SHA-256 ${sha256}` })),
          } as const,
        ]),
    ...tableUnder(
      heading(2, say.groups),
      say.groupHead,
      groups.map(({ name, sector: side }) => [name, sector[side]]),
    ),
    ...tableUnder(
      heading(2, say.meetings),
      say.meetingHead,
      meetings.map(({ heldOn, title, place, attended, groups: present }) => [
        ...[dayOf(`${heldOn}T12:00:00Z`, language), title, place, attended === null ? '' : String(attended)],
        present.map(({ name }) => name).join(', '),
      ]),
    ),
    ...(inputs.total === 0
      ? []
      : [
          heading(2, say.inputs),
          paragraph(say.inputCount(inputs.total, inputs.answered)),
          ...(inputs.outcomes.length === 0
            ? []
            : [
                plainTable(
                  say.outcomeHead,
                  inputs.outcomes.map((one) => [outcome[one.outcome], String(one.count)]),
                ),
              ]),
        ]),
  ]
}

/** A table under its heading; nothing where it has no row. */
function tableUnder(title: Block, head: readonly string[], rows: readonly (readonly string[])[]): Block[] {
  return rows.length === 0 ? [] : [title, plainTable(head, rows)]
}

function checkBlocks({ record }: PlanText, language: WrittenLanguage): Block[] {
  const say = said[language]
  const rows = [
    ...(record.key === '' ? [] : [{ term: say.key, text: record.key }]),
    ...(record.hash === null ? [] : [{ term: say.last, text: `${record.seq} · ${record.hash}` }]),
  ]
  return [
    heading(2, say.check),
    paragraph(say.checkWords),
    ...(rows.length > 0 ? [{ kind: 'facts', rows } as const] : []),
    ...(record.checkpoint ? [paragraph(say.checkpoint(record.checkpoint.size))] : []),
  ]
}

/** Somebody as they let themselves be shown. */
export function personName({ name, group }: PublicPerson, language: WrittenLanguage): string {
  const said = name === '' ? (group?.name ?? '') : group && group.name !== name ? `${name}, ${group.name}` : name
  return said === '' ? matrixWords[language].nobody : said
}
