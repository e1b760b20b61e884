/** What a bundle says to people who open it, in Spanish first. */

/** The README of a bundle. */
export function readmeOf(plan: { title: string; place: string }, verifierKey: string): string {
  return `# ${plan.title}

${plan.place}

## Qué es esto

El registro de cómo se escribió este plan: quién escribió cada parte, qué versiones se guardaron y quién participó. Cada
anotación lleva la huella de la anterior, y el conjunto está firmado. Si alguien cambia, borra o agrega algo después, se nota.

Para comprobarlo sin conexión y sin confiar en nadie: \`npm run verify -- este-archivo.zip\` en una copia de Cabildo,
\`python3 verify.py este-archivo.zip\` (otra implementación, sin nada que instalar), o la página \`/verificar\` de cualquier
instalación.

La clave que firma debe ser la que el municipio publica:

    ${verifierKey}

Los nombres de \`people.json\` son los que cada persona eligió mostrar; pueden cambiar y no forman parte de lo firmado.

## What this is

The record of how this plan was written: who wrote each part, which versions were kept, who took part. Every entry names
the one before it by its hash, and the whole is signed. Whatever is changed, removed or added afterwards shows.

To check it offline, trusting nobody: \`npm run verify -- this-file.zip\` in a copy of Cabildo, \`python3 verify.py
this-file.zip\` (another implementation, nothing to install), or the page \`/verificar\` of any installation.

The key above must be the one that the municipality publishes. The names in \`people.json\` are those that people chose to
show; they may change and are not part of what is signed.
`
}

/** One thing that was taken out of the record. */
export interface Removal {
  seq: number
  at: string
  type: string
  /** The rule it rests on. */
  basis: string
  /** Pseudonyms of who asked and who approved, where they were people. */
  people: readonly string[]
  refs: readonly number[]
}

/** What was taken out, for people to read. */
export function removalsOf(removals: readonly Removal[]): string {
  const head = '# Lo que se retiró del registro / What was taken out of the record\n\n'
  if (removals.length === 0) return `${head}Nada. / Nothing.\n`
  const lines = removals.map(
    ({ seq, at, type, basis, refs, people }) =>
      `- ${at}, ${type} (${seq}), ${people.join(' + ') || 'sistema / system'}: ${refs.join(', ')}. ${basis.replaceAll(/\s+/g, ' ')}`,
  )
  return `${head}${lines.join('\n')}\n`
}
