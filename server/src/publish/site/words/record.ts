import type { WrittenLanguage } from '@cabildo/protocol/names'

/** Words of the record, and how anybody checks it. */
export interface RecordWords {
  recordTitle: string
  recordLead: string
  recordSteps: string[]
  recordKey: string
  recordHead: string
  recordHeadNone: string
  recordSize: (size: number) => string
  recordLast: string
  verifyHere: string
  checkpointLink: string
}

const es: RecordWords = {
  recordTitle: 'Registro y comprobación',
  recordLead:
    'Todo lo que decide el plan queda en un registro que nadie puede cambiar sin que se note, tampoco quien lo guarda.',
  recordSteps: [
    'Baje el texto exacto de un compromiso, en su página, bajo «Para bajar».',
    'Calcule su SHA-256, por ejemplo con el programa sha256sum, y compárelo con la huella de la aprobación.',
    'Anote la clave y la cabeza firmada de abajo. Si un día el registro fuera otro, con ellas se puede demostrar.',
    'Quien participa en el plan puede bajar el registro completo y comprobarlo sin conexión.',
  ],
  recordKey: 'Clave con que se comprueban las firmas',
  recordHead: 'Última cabeza firmada',
  recordHeadNone: 'Todavía no se ha firmado nada.',
  recordSize: (size) => `${size} entradas en el árbol`,
  recordLast: 'Última entrada firmada de este plan',
  verifyHere: 'Comprobar un archivo del registro',
  checkpointLink: 'La cabeza firmada, para programas',
}

const en: RecordWords = {
  recordTitle: 'Record and verification',
  recordLead:
    'All that the plan decides stands in a record which nobody can change unnoticed, not even whoever keeps it.',
  recordSteps: [
    'Download the exact text of a commitment, on its page, under “Downloads”.',
    'Compute its SHA-256, for example with the program sha256sum, and compare it with the fingerprint of the approval.',
    'Note the key and the signed head below. Should the record ever be another one, they prove it.',
    'Whoever takes part in the plan can download the whole record and verify it without a network.',
  ],
  recordKey: 'Key that verifies the signatures',
  recordHead: 'Last signed head',
  recordHeadNone: 'Nothing is signed yet.',
  recordSize: (size) => `${size} entries in the tree`,
  recordLast: 'Last signed entry of this plan',
  verifyHere: 'Verify a file of the record',
  checkpointLink: 'The signed head, for programs',
}

/** Words of the record, and how anybody checks it, by language. */
export const recordWords: Record<WrittenLanguage, RecordWords> = { es, en }
