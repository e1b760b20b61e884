/** Packs one document for Word in a process of its own: a whole plan takes long enough to keep rooms waiting. */
import { answerOnce } from '../apart.ts'
import { outlineDocx } from './docx.ts'
import type { Outline } from './outline.ts'

answerOnce((outline: Outline) => outlineDocx(outline))
