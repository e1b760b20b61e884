/** Draws one picture in a process of its own: its layout is native code, and its words are anybody's. */

import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { Transformer } from '@napi-rs/image'
import { answerOnce } from '../apart.ts'
import type { Drawing } from './picture.ts'

/** A folder that is not there: a template reads what it is handed and no file. */
const nowhere = '/nowhere'

answerOnce(async ({ template, data }: Drawing): Promise<Uint8Array | null> => {
  const compiler = NodeCompiler.create({ workspace: nowhere })
  compiler.mapShadow(`${nowhere}/data.json`, Buffer.from(JSON.stringify(data)))
  const { result } = compiler.compile({ mainFileContent: template })
  return result ? Transformer.fromSvg(compiler.plainSvg(result)).png() : null
})
