/** The same work by the libraries alone, in a process that runs already: what ours is compared with. */
import { promisify } from 'node:util'
import { deflateRaw } from 'node:zlib'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { getDocumentProxy } from 'unpdf'
import { median } from '../harness/histogram.ts'

const template = `#set page(paper: "a4", margin: (x: 2.2cm, top: 2cm, bottom: 2.9cm))
#set text(lang: "es", size: 10.5pt)
#set par(leading: 0.65em, spacing: 0.9em)
#for line in json("data.json") { par(line) }`

/** Milliseconds that Typst takes to set these lines as plain paragraphs, without tags; the median of some times. */
export async function typesetAlone(
  lines: readonly string[],
  times: number,
): Promise<{ milliseconds: number; pages: number }> {
  const took: number[] = []
  let pdf = new Uint8Array()
  for (let time = 0; time <= times; time += 1) {
    const begun = performance.now()
    const compiler = NodeCompiler.create({ workspace: '/nowhere' })
    compiler.mapShadow('/nowhere/data.json', Buffer.from(JSON.stringify(lines)))
    const { result } = compiler.compile({ mainFileContent: template })
    if (!result) throw new Error('Typst sets nothing')
    pdf = new Uint8Array(compiler.pdf(result, { pdfTags: false }))
    // The first one loads the fonts.
    if (time > 0) took.push(performance.now() - begun)
  }
  return { milliseconds: median(took), pages: await pagesOf(pdf) }
}

/** How many pages a PDF has, read by another library than the one that wrote it. */
export async function pagesOf(pdf: Uint8Array): Promise<number> {
  // It takes the bytes away from who gives them.
  const { numPages } = await getDocumentProxy(Uint8Array.from(pdf))
  return numPages
}

/** Milliseconds that zlib alone takes to pack files, one after another, at the level at which ours are packed. */
export async function packAlone(files: readonly Uint8Array[]): Promise<number> {
  const begun = performance.now()
  for (const bytes of files) await promisify(deflateRaw)(bytes, { level: 6 })
  return performance.now() - begun
}
