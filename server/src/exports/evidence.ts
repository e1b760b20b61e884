/** What the monitoring body is handed: everything the plan's data can show, with a list of what it cannot. */

import { AppError } from '@cabildo/protocol/errors'
import type { PackProgress } from '@cabildo/protocol/http/exports'
import type { WrittenLanguage } from '@cabildo/protocol/names'
import type { Actor } from '../auth/sessions.ts'
import { letterName } from '../endorsements/rules.ts'
import { readLetter } from '../endorsements/service.ts'
import { readAttendanceTable } from '../meetings/attendance-csv.ts'
import { enterPlan } from '../people/service.ts'
import type { Bundles } from '../record/bundle/service.ts'
import { readMatrixPdf } from '../review/inputs/matrix-pdf.ts'
import { type ArchiveFile, packArchive } from './archive.ts'
import { describeFile, fileNames, makeFile } from './files.ts'
import { finish } from './finish.ts'
import { streamOf } from './pack-stream.ts'
import { planSchemaFile } from './plan-file.ts'
import { type ReadingDeps, type ReadPlan, readForMember } from './reading-service.ts'
import { type MakingDeps, makingOf } from './service.ts'

/** What packs are made of. */
export interface PackDeps extends ReadingDeps, MakingDeps {
  bundles: Bundles
}

/** Makes evidence packs, and tells how far each is. */
export interface Packs {
  /**
   * Begins one, for somebody who may take it. The archive comes as it is made. Throws `unavailable` while too many are being
   * made, and before the record has a signed head.
   */
  begin(actor: Actor, plan: string, wish: { language: WrittenLanguage; key: string | undefined }): Promise<Pack>
  /** How far the one is that somebody began with a key. Throws `not_found`, also for a key of somebody else's. */
  progressOf(actor: Actor, plan: string, key: string): Promise<PackProgress>
}

/** A pack in the making. Whoever does not want it cancels its stream. */
export interface Pack {
  name: string
  stream: ReadableStream<Uint8Array>
}

/** Packs that are made at a time, and how many are remembered for whoever asks how far one was. */
const mostAtOnce = 2
const mostRemembered = 200

/** Packs of this process. */
export function createPacks(deps: PackDeps): Packs {
  const known = new Map<string, PackProgress>()
  let making = 0
  const nameOf = (userId: string, planId: string, key: string) => `${userId} ${planId} ${key}`

  return {
    async begin(actor, given, { language, key }) {
      const planId = await enter(actor, given)
      if (making >= mostAtOnce)
        throw new AppError('unavailable', { detail: 'Other packs are being made.', retryAfter: 10 })
      const name = key === undefined ? undefined : nameOf(actor.userId, planId, key)
      const tell = (progress: PackProgress) => {
        if (name !== undefined) remember(name, progress)
      }
      making += 1
      let last: PackProgress = { state: 'making', done: 0, of: fileCount, file: recordName[language], share: 0 }
      tell(last)
      let isOver = false
      let bundle: ReadableStream<Uint8Array> | undefined
      const end = () => {
        if (isOver) return
        isOver = true
        making -= 1
        // One that is being packed ends with the packing.
        if (bundle && !bundle.locked) void bundle.cancel().catch(() => undefined)
        tell(last.state === 'done' ? last : { ...last, state: 'failed' })
      }
      try {
        const read = await readForMember(deps, actor, planId, 'working')
        // Before anything is sent: that nothing is signed yet, or that too many are made, is an answer and no broken file.
        const onShare = (share: number) => {
          last = { ...last, share }
          tell(last)
        }
        bundle = (await deps.bundles.of(actor, planId, onShare)).stream
        const files = filesOf(deps, actor, { read, bundle, language })
        const onFile = (path: string, index: number) => {
          last = { state: 'making', done: index, of: files.length, file: path, share: 0 }
          tell(last)
        }
        const onEnd = () => {
          last = { state: 'done', done: files.length, of: files.length, file: null, share: 0 }
        }
        const parts = packArchive(files, { at: deps.now(), onFile })
        return { name: `${packName[language]}-${read.plan.slug}.zip`, stream: streamOf(parts, { onEnd, end }) }
      } catch (error) {
        end()
        throw error
      }
    },
    async progressOf(actor, given, key) {
      const planId = await enter(actor, given)
      const progress = known.get(nameOf(actor.userId, planId, key))
      if (!progress) throw new AppError('not_found')
      return progress
    },
  }

  async function enter(actor: Actor, given: string): Promise<string> {
    const { planId } = await enterPlan(deps.db, actor, given, 'evidence.export')
    if (actor.workshopId !== null) throw new AppError('forbidden')
    return planId
  }

  function remember(name: string, progress: PackProgress): void {
    known.delete(name)
    known.set(name, progress)
    const [oldest] = known.keys()
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest)
  }
}

const recordName = { es: 'registro.zip', en: 'record.zip' } as const
const packName = { es: 'evidencia', en: 'evidence' } as const
const folders = { es: { tables: 'tablas', letters: 'cartas' }, en: { tables: 'tables', letters: 'letters' } } as const
const readmeName = { es: 'LEAME.txt', en: 'README.txt' } as const
const matrixName = { es: 'aportes-y-respuestas.pdf', en: 'contributions-and-answers.pdf' } as const
const attendanceName = { es: 'asistencia.csv', en: 'attendance.csv' } as const
/** Files of a pack of a plan without letters. */
const fileCount = fileNames.length + 5

function filesOf(
  deps: PackDeps,
  actor: Actor,
  { read, bundle, language }: { read: ReadPlan; bundle: AsyncIterable<Uint8Array>; language: WrittenLanguage },
): ArchiveFile[] {
  const { planId, plan, process, inputs } = read
  const making = makingOf(deps, plan, language)
  const { tables, letters } = folders[language]
  const words = (text: string) => new TextEncoder().encode(text)
  const placeOf = (name: string) => (name.endsWith('.csv') ? `${tables}/${name}` : name)
  return [
    { path: readmeName[language], read: async () => words(readme[language]) },
    { path: recordName[language], stored: true, read: async () => bundle },
    ...fileNames.map(
      (name): ArchiveFile => ({
        path: placeOf(describeFile(name).name[language]),
        stored: name.endsWith('.docx'),
        read: () => finish(makeFile(name, read, making)),
      }),
    ),
    { path: 'plan.schema.json', read: async () => planSchemaFile(making.origin) },
    {
      path: placeOf(attendanceName[language]),
      read: async () => words(await readAttendanceTable(deps, actor, planId, language)),
    },
    {
      path: matrixName[language],
      read: async () =>
        inputs.length > 0 ? readMatrixPdf(deps, actor, planId, { language, at: making.at }) : undefined,
    },
    ...process.letters.map(
      ({ number, mediaType }): ArchiveFile => ({
        path: `${letters}/${letterName(number, mediaType)}`,
        stored: true,
        read: async () => (await readLetter(deps.db, planId, number))?.bytes,
      }),
    ),
  ]
}

const readme = {
  es: `Paquete de evidencia

plan.*                      El plan completo, con la huella (SHA-256) de cada texto.
plan.json, plan.schema.json Los mismos datos para programas, y su esquema.
tablas/                     Compromisos, hitos, aportes, grupos, reuniones, asistencia y el formulario de OGP (CSV).
formulario-ogp.html         El formulario de OGP con las respuestas del plan.
aportes-y-respuestas.pdf    Cada aporte con su respuesta.
cartas/                     Las cartas de apoyo.
requisitos-ogp.*            Lo que OGP pide, lo que los datos muestran y lo que falta, por su nombre.
registro.zip                El registro firmado. Se comprueba sin conexión con «npm run verify -- registro.zip»,
                            o en la página /verificar de cualquier instalación, que no lo envía a nadie.
                            Dice también quién firmó su decisión con una llave propia.

Los textos están como estaban al generar el paquete. Un borrador de trabajo lo dice.
`,
  en: `Evidence pack

plan.*                        The whole plan, with the hash (SHA-256) of each text.
plan.json, plan.schema.json   The same data for programs, and its schema.
tables/                       Commitments, milestones, contributions, groups, meetings, attendance and the OGP form (CSV).
ogp-form.html                 The OGP form with the plan’s answers.
contributions-and-answers.pdf Each contribution with its answer.
letters/                      The letters of support.
ogp-requirements.*            What OGP asks, what the data shows, and what is missing, by name.
record.zip                    The signed record. It is checked offline with “npm run verify -- record.zip”,
                              or on the page /verificar of any installation, which sends it nowhere.
                              It also says who signed their decision with a key of their own.

Texts stand as they stood when the pack was made. A working draft says so.
`,
} as const
