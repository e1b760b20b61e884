/**
 * Looks at one file in a process of its own, with an empty environment and its own memory, which is ended whatever happens:
 * files come from strangers, and what decodes them is not ours. It runs as the same user as the program.
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
  // Again as the decoder reads it: two that read a head need not agree on it.
  const shape: Shape = await new Transformer(bytes).metadata(true)
  if (shape.width * shape.height > mostPixels) return 'pixels'
  const drawn = (edge: number, quality: number) => redraw(bytes, shape, { edge, quality })
  return { ...as, bytes: await drawn(longestEdge, 82), thumbnail: await drawn(thumbnailEdge, 70) }
}

/** A picture as the decoder reads it. `orientation` is EXIF's: from 5 on it lies on its side. */
interface Shape {
  width: number
  height: number
  orientation?: number
}

/** Draws a picture anew, upright and no larger than this: only pixels are carried over, so that nothing else is left of it. */
async function redraw(
  bytes: Uint8Array,
  { width, height, orientation = 1 }: Shape,
  { edge, quality }: { edge: number; quality: number },
): Promise<Uint8Array> {
  const upright = new Transformer(bytes).rotate()
  const longest = Math.max(width, height)
  if (longest > edge) {
    const [across, down] = orientation >= 5 ? [height, width] : [width, height]
    const scaled = (length: number) => Math.max(1, Math.round((length * edge) / longest))
    upright.resize(scaled(across), scaled(down))
  }
  return upright.jpeg(quality)
}
