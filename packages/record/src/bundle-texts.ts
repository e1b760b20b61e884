/** Texts of a bundle that people read, in Spanish and in English. */
import type { Manifest } from './bundle.ts'
import type { Entry } from './entry.ts'

/** One line of Markdown, with nothing in it that Markdown or HTML would take for its own. */
function plain(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\`*_{}[\]<>#|!~]/g, '\\$&')
}

/** `README.md`: what the bundle is, what is in it, and how to check it. */
export function readmeText({ plan, origin, size, head }: Manifest, vkey: string): string {
  const [seq, hash] = head ? [head.seq, head.hash] : [0, '-']
  return `# ${plain(plan.title)}

## Registro público (español)

Este archivo contiene el registro de un plan: cada hecho como una anotación, en el orden en que ocurrió, y las
pruebas de que nada se cambió después.

- Registro: \`${origin}\`, ${size} hojas. Anotaciones de este plan: ${seq}. Última: \`${hash}\`
- Clave publicada al hacer este archivo: \`${vkey}\`

Para comprobarlo sin conexión: \`npm run verify -- <este archivo> --key <clave>\`, o \`python3 verify.py --key <clave> <este
archivo>\`. Tome la clave de la página del plan o de un acta, no de este archivo, y compare la última anotación con la
que muestra la página: que falte el final no se puede ver en el archivo solo. Los nombres de \`people.json\` son los que cada
persona eligió mostrar; pueden cambiar y no están probados. \`redactions.md\` cuenta lo que se retiró y por qué.

## Public record (English)

This file holds the record of a plan: every fact as an entry, in the order in which it happened, and the proofs that
nothing was changed afterwards.

- Log: \`${origin}\`, ${size} leaves. Entries of this plan: ${seq}. Last: \`${hash}\`
- Key published when this file was made: \`${vkey}\`

To check it offline: \`npm run verify -- <this file> --key <key>\`, or \`python3 verify.py --key <key> <this file>\`. Take
the key from the plan's page or from minutes, not from this file, and compare the last entry with the one that the page
shows: that the end is missing cannot be seen in the file alone. Names in \`people.json\` are as each person chose to be
shown; they may change and are not proven. \`redactions.md\` tells what was taken out and why.
`
}

/** Contents that were taken out: the entry that says so, and the basis its payload states. */
export interface ToldRedaction {
  readonly entry: Entry
  readonly basis: string
  /** The second person, who approved it; absent for an erasure. */
  readonly approver?: string | undefined
}

/** `redactions.md`: what was taken out, when, by whom and why. The verifier reads the entries, not this. */
export function redactionsText(redactions: readonly ToldRedaction[]): string {
  const lines = redactions.map(({ entry, basis, approver }) => {
    const first = entry.actor ? `${entry.actor.role} \`${entry.actor.pid}\`` : 'sistema / system'
    const who = approver === undefined ? first : `${first} + \`${approver}\``
    return `| ${entry.seq} | ${entry.at} | ${entry.type} | ${who} | ${(entry.refs ?? []).join(', ')} | ${plain(basis)} |`
  })
  const none = 'No se ha retirado nada. / Nothing was taken out.'
  const head =
    '| # | fecha / date | | por / by | anotaciones / entries | base / basis |\n| --- | --- | --- | --- | --- | --- |'
  return `# Contenido retirado / Content taken out\n\n${lines.length === 0 ? none : [head, ...lines].join('\n')}\n`
}
