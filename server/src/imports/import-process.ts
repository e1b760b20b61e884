/**
 * Reads one file in a process of its own, with an empty environment, its own memory, and no right to write a file or to begin
 * another program: texts come from strangers, and a small one can take a converter minutes. It is ended whatever happens.
 */
import { templateNamed } from '@cabildo/schema/templates/templates'
import { answerOnce } from '../apart.ts'
import { readFile } from './reading.ts'
import type { Unreadable } from './rules.ts'

/** What it is sent. */
export interface FileToRead {
  bytes: Uint8Array
  /** The form that its headings are matched with. */
  form: { template: string; version: number }
  mostParts: number
}

// As text: whoever asked has less to do with it than with an object of many nodes.
answerOnce(async ({ bytes, form, mostParts }: FileToRead) =>
  JSON.stringify(await readFile(bytes, templateNamed(form), mostParts).catch((): Unreadable => 'broken')),
)
