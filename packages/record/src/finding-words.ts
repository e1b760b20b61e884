/** The words of every finding of the log's verifier. */
/** How grave a finding is. */
export type FindingLevel = 'sound' | 'note' | 'damaged' | 'incomplete' | 'unknown-key'

/** By stable code: level, Spanish, English; `{0}` stands for a value. */
export const catalogue = {
  sound: [
    'sound',
    'Todo lo comprobado está íntegro: {0} anotaciones, {1} puntos de control.',
    'All that was checked is sound: {0} entries, {1} checkpoints.',
  ],
  'of-one-piece': [
    'sound',
    'El archivo es de una pieza: {0} anotaciones, {1} puntos de control. Todavía no se sabe de quién: la firma es de la clave que el propio archivo nombra.',
    'The file is of one piece: {0} entries, {1} checkpoints. Whose it is is not known yet: the signature is by the key that the file itself names.',
  ],
  'keys-from-bundle': [
    'note',
    'La firma es de la clave que nombra el propio archivo, y quien lo falsifica puede nombrar la suya. Compárela con la que muestra la página del plan, un acta o un testigo: {0}',
    "The signature is by the key that the file itself names, and a forger can name their own. Compare it with the one that the plan's page, minutes or a witness show: {0}",
  ],
  'ends-with': [
    'note',
    'El archivo trae {0} anotaciones de este plan; la última tiene la huella {1}. Compare ambas con la página del plan: si allí hay más, a este archivo le falta el final o es más viejo.',
    "The file brings {0} entries of this plan; the last one has the hash {1}. Compare both with the plan's page: if there are more, the end is missing here or this file is older.",
  ],
  'ends-early': [
    'incomplete',
    'El archivo termina en la anotación {1}, y se conoce la {0}: le falta el final o es más viejo.',
    'The file ends with entry {1}, and {0} is known: the end is missing, or the file is older.',
  ],
  'kept-entry-differs': [
    'damaged',
    'La anotación {0} no es la que se conoce de otra parte: el registro tiene dos historias.',
    'Entry {0} is not the one that is known from elsewhere: the record has two histories.',
  ],
  'kept-checkpoint-later': [
    'incomplete',
    'El punto de control guardado es de {0} hojas, y el archivo tiene {1}: es más viejo.',
    'The checkpoint that was kept is of {0} leaves, and the file has {1}: it is older.',
  ],
  'kept-checkpoint-differs': [
    'damaged',
    'El punto de control guardado, de {0} hojas, tiene otra raíz que este árbol: el registro tiene dos historias.',
    'The checkpoint that was kept, of {0} leaves, has another root than this tree: the record has two histories.',
  ],
  'kept-checkpoint-unknown': [
    'unknown-key',
    'El punto de control guardado ({0}) no está firmado por una clave en la que se confía ({1}).',
    'The checkpoint that was kept ({0}) is not signed by a key that is trusted ({1}).',
  ],
  cosigned: [
    'note',
    'El último punto de control lleva la firma de {0} testigos.',
    'The last checkpoint carries the signatures of {0} witnesses.',
  ],
  'signature-unchecked': [
    'note',
    'Hay firmas de un tipo que aquí no se puede comprobar; no cuentan.',
    'Some signatures are of a kind that cannot be checked here; they count for nothing.',
  ],
  redacted: ['note', 'Contenido retirado el {0} por {1}: {2}', 'Content taken out on {0} by {1}: {2}'],
  'redacted-by-program': [
    'note',
    'La anotación {0} es del programa: repite lo retirado tras volver a una copia anterior, y nadie la aprobó. Compare con un archivo de antes.',
    'Entry {0} is by the program: it repeats what was taken out after going back to an older copy, and nobody approved it. Compare with an older file.',
  ],
  'signed-government': [
    'note',
    'Firmado por la alcaldía: {1}. La decisión de la anotación {0} lleva la firma de su llave de acceso {2}, hecha para {3}. Compare la llave con la que publica su oficina; el nombre lo dice people.json, que nada prueba.',
    "Signed by the mayor's office: {1}. The decision of entry {0} carries the signature of its passkey {2}, made for {3}. Compare the key with the one that the office publishes; the name is told by people.json, which nothing proves.",
  ],
  'signed-civil-society': [
    'note',
    'Firmado por la sociedad civil: {1}. La decisión de la anotación {0} lleva la firma de su llave de acceso {2}, hecha para {3}. Compare la llave con la que da su organización; el nombre lo dice people.json, que nada prueba.',
    'Signed by civil society: {1}. The decision of entry {0} carries the signature of their passkey {2}, made for {3}. Compare the key with the one that their organisation gives; the name is told by people.json, which nothing proves.',
  ],
  'decision-unsigned': [
    'note',
    'La decisión de la anotación {0} no está firmada con una llave propia: el registro dice quién decidió, y nada más lo prueba.',
    'The decision of entry {0} is not signed by a key of its own: the record tells who decided, and nothing else proves it.',
  ],
  'signer-new-key': [
    'note',
    'La anotación {0} está firmada con otra llave de acceso que la que {1} usó antes. Pregunte si la cambió.',
    'Entry {0} is signed with another passkey than the one {1} used before. Ask whether they changed it.',
  ],
  'signing-key-shared': [
    'note',
    'La anotación {0} está firmada con una llave de acceso con la que antes firmó otra persona ({1}).',
    'Entry {0} is signed with a passkey with which somebody else ({1}) signed before.',
  ],
  'approver-untold': [
    'note',
    'Ninguna anotación dice qué papel tiene quien aprobó la {0} ({1}).',
    'No entry tells which role whoever approved {0} has ({1}).',
  ],
  'still-present': [
    'note',
    'Contenido retirado que todavía está en el archivo.',
    'Content taken out that is still in the file.',
  ],
  'not-public': ['note', 'El archivo trae contenido que no es público.', 'The file brings content that is not public.'],
  'unexpected-file': [
    'note',
    'Archivo que no pertenece al formato; nada lo prueba.',
    'A file that is not of the format; nothing proves it.',
  ],
  more: ['note', 'Hay {0} daños más.', 'There are {0} more damages.'],
  'archive-unreadable': ['damaged', 'No se puede leer el archivo ZIP: {0}', 'The ZIP archive cannot be read: {0}'],
  'archive-seal': [
    'damaged',
    'El archivo ZIP cambió desde que fue sellado.',
    'The ZIP archive has changed since it was sealed.',
  ],
  'file-unreadable': ['damaged', 'El contenido del archivo está dañado.', 'What the file holds is damaged.'],
  'manifest-malformed': ['damaged', 'El manifiesto no es como debe ser.', 'The manifest is not as it must be.'],
  'keys-malformed': ['damaged', 'La lista de claves no es como debe ser.', 'The list of keys is not as it must be.'],
  'entry-malformed': [
    'damaged',
    'La anotación {0} no es como debe ser ({1}).',
    'Entry {0} is not as it must be ({1}).',
  ],
  'entry-plan': ['damaged', 'La anotación {0} es de otro plan.', 'Entry {0} belongs to another plan.'],
  'seq-gap': [
    'damaged',
    'Falta la anotación {0}, o está fuera de su lugar.',
    'Entry {0} is missing, or out of its place.',
  ],
  'position-malformed': [
    'damaged',
    'El lugar de la anotación {0} en el árbol no es posible.',
    'The place of entry {0} in the tree cannot be.',
  ],
  'leaf-differs': [
    'damaged',
    'La anotación {0} no es la que está en el árbol: fue cambiada.',
    'Entry {0} is not the one in the tree: it was changed.',
  ],
  'prev-differs': [
    'damaged',
    'La anotación {0} no sigue a la anterior.',
    'Entry {0} does not follow the one before it.',
  ],
  'back-in-time': [
    'damaged',
    'La anotación {0} tiene una hora anterior a la que le precede.',
    'Entry {0} is dated before the one it follows.',
  ],
  'head-differs': [
    'damaged',
    'La última anotación no es la que dice el manifiesto ({0}).',
    'The last entry is not the one that the manifest tells of ({0}).',
  ],
  'checkpoint-malformed': [
    'damaged',
    'El punto de control {0} no es como debe ser.',
    'Checkpoint {0} is not as it must be.',
  ],
  'checkpoint-origin': ['damaged', 'El punto de control {0} es de otro registro.', 'Checkpoint {0} is of another log.'],
  'checkpoint-order': [
    'damaged',
    'El punto de control {0} es menor que el anterior.',
    'Checkpoint {0} is smaller than the one before it.',
  ],
  'checkpoint-forged': [
    'damaged',
    'El punto de control {0} lleva una firma falsa de {1}.',
    'Checkpoint {0} carries a false signature of {1}.',
  ],
  'tree-length': [
    'damaged',
    'El árbol no tiene las hojas que dice el último punto de control.',
    'The tree has not as many leaves as the last checkpoint tells.',
  ],
  'root-differs': [
    'damaged',
    'El árbol no da la raíz del punto de control {0}: cambió una hoja desde la posición {1}.',
    'The tree does not give the root of checkpoint {0}: a leaf from position {1} on was changed.',
  ],
  'payload-malformed': [
    'damaged',
    'El contenido de la anotación {0} no es como debe ser.',
    'The content of entry {0} is not as it must be.',
  ],
  'signature-false': [
    'damaged',
    'La firma de la decisión de la anotación {0} es falsa ({1}): la llave no firmó eso, o alguien lo cambió.',
    'The signature of the decision of entry {0} is false ({1}): the key did not sign this, or somebody changed it.',
  ],
  'clause-differs': [
    'damaged',
    'La decisión de la anotación {0} no es sobre lo que dice la cláusula «{1}» de ese texto.',
    'The decision of entry {0} is not on what the clause “{1}” of that text says.',
  ],
  'decision-party': [
    'damaged',
    'La decisión de la anotación {0} habla por una parte en cuya lista no está quien decide ({1}).',
    'The decision of entry {0} speaks for a party in whose list its maker ({1}) does not stand.',
  ],
  'clause-changed': [
    'damaged',
    'La anotación {0} conserva la aprobación de la cláusula «{1}», que cambió desde que se aprobó.',
    'Entry {0} keeps the approval of the clause “{1}”, which changed since it was approved.',
  ],
  'approval-incomplete': [
    'damaged',
    'La anotación {0} da el texto por aprobado, y su aprobación no está completa ({1}): alguien no aprobó todas sus cláusulas, no se le pidió a ambas partes, o la solicitud había terminado.',
    'Entry {0} takes the text as approved, and its approval is not complete ({1}): somebody did not approve all its clauses, not both sides were asked, or the request had ended.',
  ],
  'signature-missing': [
    'damaged',
    'La anotación {0} dice que la decisión se firmó con una llave de acceso, y la firma falta.',
    'Entry {0} says that the decision was signed with a passkey, and the signature is missing.',
  ],
  'payload-differs': [
    'damaged',
    'El contenido de la anotación {0} no es el que ella compromete: fue cambiado.',
    'The content of entry {0} is not what it commits to: it was changed.',
  ],
  'redaction-unapproved': [
    'damaged',
    'La anotación {0} retira contenido sin dos personas distintas que puedan hacerlo.',
    'Entry {0} takes contents out without two different people who may do so.',
  ],
  'replacement-unfilled': [
    'damaged',
    'Lo que está en lugar del contenido de la anotación {0} no muestra que se retiró algo.',
    'What stands in the place of the content of entry {0} does not show that anything was taken out.',
  ],
  'approval-version': [
    'damaged',
    'La anotación {0} no habla del texto de la versión que nombra: esa versión no está, o dice otra cosa, o la anotación no es de ninguna clase conocida.',
    'Entry {0} does not speak of the text of the version that it names: that version is not there, or says otherwise, or the entry is of no known kind.',
  ],
  'frozen-changed': [
    'damaged',
    'El cambio {0} del documento {1} entró mientras su texto estaba cerrado por la solicitud de la anotación {2}.',
    'Update {0} of document {1} was entered while its text was frozen by the request of entry {2}.',
  ],
  'payload-unnamed': [
    'damaged',
    'Hay contenido para la anotación {0}, que no lo tiene.',
    'There is content for entry {0}, which has none.',
  ],
  'payload-missing': [
    'damaged',
    'Falta el contenido público de la anotación {0}, y ninguna anotación dice que fue retirado.',
    'The public content of entry {0} is missing, and no entry tells that it was taken out.',
  ],
  'update-twice': [
    'damaged',
    'El cambio {0} del documento {1} está dos veces.',
    'Update {0} of document {1} is there twice.',
  ],
  'update-missing': ['damaged', 'Falta el cambio {0} del documento {1}.', 'Update {0} of document {1} is missing.'],
  'content-differs': [
    'damaged',
    'El texto de la versión no es el que compromete la anotación {0}.',
    'The text of the version is not what entry {0} commits to.',
  ],
  'content-missing': [
    'damaged',
    'Falta el texto de la versión de la anotación {0}.',
    'The text of the version of entry {0} is missing.',
  ],
  'content-unnamed': [
    'damaged',
    'Hay un texto de versión que ninguna anotación nombra.',
    'There is the text of a version that no entry names.',
  ],
  'version-twice': [
    'damaged',
    'La anotación {0} da otra vez un número de versión.',
    'Entry {0} gives a number of a version again.',
  ],
  'archive-unsealed': [
    'incomplete',
    'El archivo ZIP fue empacado de nuevo: le falta el sello.',
    'The ZIP archive was packed again: its seal is missing.',
  ],
  'file-missing': ['incomplete', 'Falta el archivo.', 'The file is missing.'],
  'no-checkpoint': ['incomplete', 'No hay ningún punto de control firmado.', 'There is no signed checkpoint.'],
  'version-ahead': [
    'incomplete',
    'La versión de la anotación {0} llega más allá de los cambios que trae el archivo.',
    'The version of entry {0} goes beyond the updates that the file brings.',
  ],
  'checkpoint-unknown-key': [
    'unknown-key',
    'El punto de control {0} no está firmado por una clave en la que se confía.',
    'Checkpoint {0} is not signed by a key that is trusted.',
  ],
} as const satisfies Record<string, readonly [FindingLevel, string, string]>
