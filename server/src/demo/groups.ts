import type { GroupKind, Sector } from '@cabildo/protocol/http/common'

/** A stakeholder group of the demo. */
export interface DemoGroup {
  name: string
  sector: Sector
  kind: GroupKind
  territory: string
  /** Invented: addresses under `example.test` reach nobody. */
  contact: string
}

const group = (name: string, sector: Sector, kind: GroupKind, territory: string, mailbox: string): DemoGroup => ({
  name,
  sector,
  kind,
  territory,
  contact: `${mailbox}@example.test`,
})
const neighbours = (territory: string, mailbox: string) =>
  group(`Vecindad de ${territory}`, 'community', 'community', territory, `vecindad.${mailbox}`)

/**
 * The twenty groups of the demo's plan, by a key of ours. Chepo's published plan says that twenty took part, and of what
 * kinds: neighbours of every sector, from indigenous communities to an island, associations of agricultural producers
 * and of senior citizens, youth groups, local development boards; and which institutions stand beside them. Which groups
 * of each kind, where, and every contact are invented for the demonstration.
 */
export const groups = {
  municipality: group('Municipio de Chepo', 'government', 'government_office', 'Chepo', 'municipio'),
  mayor: group('Despacho de la Alcaldía', 'government', 'government_office', 'Chepo', 'alcaldia'),
  kernel: group('Kernel Community', 'civil_society', 'civil_society', 'Panamá', 'kernel'),
  monitor: group('Ente de monitoreo', 'academia', 'academia', 'Panamá', 'monitoreo'),
  neighboursChepo: neighbours('Chepo Cabecera', 'cabecera'),
  neighboursTorti: neighbours('Tortí', 'torti'),
  neighboursCanita: neighbours('Cañita', 'canita'),
  neighboursElLlano: neighbours('El Llano', 'elllano'),
  neighboursMargaritas: neighbours('Las Margaritas', 'margaritas'),
  neighboursChinina: neighbours('Santa Cruz de Chinina', 'chinina'),
  neighboursChepillo: neighbours('Chepillo', 'chepillo'),
  madungandi: group(
    'Comunidad indígena de Madungandí',
    'community',
    'indigenous_community',
    'Madungandí',
    'madungandi',
  ),
  producersTorti: group(
    'Asociación de productores de Tortí',
    'private_sector',
    'producers',
    'Tortí',
    'productores.torti',
  ),
  producersElLlano: group(
    'Asociación de productores de El Llano',
    'private_sector',
    'producers',
    'El Llano',
    'productores.elllano',
  ),
  seniorsChepo: group(
    'Asociación de personas mayores de Chepo Cabecera',
    'community',
    'seniors',
    'Chepo Cabecera',
    'mayores.cabecera',
  ),
  seniorsCanita: group('Asociación de personas mayores de Cañita', 'community', 'seniors', 'Cañita', 'mayores.canita'),
  youthChepo: group('Grupo de jóvenes de Chepo Cabecera', 'community', 'youth', 'Chepo Cabecera', 'jovenes.cabecera'),
  youthMargaritas: group(
    'Grupo de jóvenes de Las Margaritas',
    'community',
    'youth',
    'Las Margaritas',
    'jovenes.margaritas',
  ),
  boardTorti: group('Junta de desarrollo local de Tortí', 'community', 'local_board', 'Tortí', 'junta.torti'),
  boardCanita: group('Junta de desarrollo local de Cañita', 'community', 'local_board', 'Cañita', 'junta.canita'),
} as const satisfies Record<string, DemoGroup>

export type DemoGroupKey = keyof typeof groups
