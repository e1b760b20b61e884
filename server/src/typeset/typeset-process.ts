/** Typesets one document in a process of its own: its layout is native code, and its words are anybody's. */
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { answerOnce } from '../apart.ts'
import type { Typesetting } from './service.ts'

/** A folder that is not there: a template reads what it is handed and no file. */
const nowhere = '/nowhere'

answerOnce(({ template, data, at }: Typesetting): Uint8Array | undefined => {
  const compiler = NodeCompiler.create({ workspace: nowhere })
  compiler.mapShadow(`${nowhere}/data.json`, Buffer.from(JSON.stringify(data)))
  const { result } = compiler.compile({ mainFileContent: template })
  if (!result) return undefined
  const creationTimestamp = Math.floor(at.getTime() / 1000)
  try {
    return compiler.pdf(result, { pdfStandard: 'ua-1', creationTimestamp })
  } catch {
    // PDF/UA-1 wants every sign to be drawn. A script that none of the fonts has is no reason to keep all the others back.
    return compiler.pdf(result, { pdfTags: true, creationTimestamp })
  }
})
