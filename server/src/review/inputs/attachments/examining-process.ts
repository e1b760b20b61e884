/**
 * Looks at one file in a process of its own, which has no database, no key and no network to lose, and is ended whatever
 * happens: files come from strangers, and what decodes them is not ours.
 */
import { Transformer } from '@napi-rs/image'
import { fileTypeFromBuffer } from 'file-type'
import { imageSize } from 'image-size'
import { answerOnce } from '../../../apart.ts'
import { type Examined, keptAs, longestEdge, mostPixels, thumbnailEdge, type Unfit } from './rules.ts'

answerOnce((bytes: Uint8Array) => examine(bytes).catch((): Unfit => 'broken'))

async function examine(bytes: Uint8Array): Promise<Examined | Unfit> {
  const type = await fileTypeFromBuffer(bytes)
  const as = type && keptAs(type.mime)
  if (!as) return 'type'
  if (as.kind !== 'picture') return { ...as, bytes, thumbnail: null }
  const { width, height } = imageSize(bytes)
  if (width * height > mostPixels) return 'pixels'
  return { ...as, bytes: await redraw(bytes, longestEdge, 82), thumbnail: await redraw(bytes, thumbnailEdge, 70) }
}

/** Draws a picture anew, upright and no larger than this: only pixels are carried over, so that nothing else is left of it. */
async function redraw(bytes: Uint8Array, edge: number, quality: number): Promise<Uint8Array> {
  const upright = new Transformer(bytes).rotate()
  const { width, height, orientation = 1 } = await new Transformer(bytes).metadata(true)
  const longest = Math.max(width, height)
  if (longest > edge) {
    const [across, down] = orientation >= 5 ? [height, width] : [width, height]
    const scaled = (length: number) => Math.max(1, Math.round((length * edge) / longest))
    upright.resize(scaled(across), scaled(down))
  }
  return upright.jpeg(quality)
}
