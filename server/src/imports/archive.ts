import { strFromU8, unzipSync, zipSync } from 'fflate'
import { archiveLimits, type Unreadable } from './rules.ts'

/**
 * A DOCX reduced to what a text needs, before anything else looks at it: entries counted and sizes bounded by what the archive
 * says of itself, which is also all the room they get; no pictures, macros or embedded files; no address outside but those of
 * links; no document type of XML. What is left is packed anew. Not read as a bomb: how long it takes is bounded by who calls.
 */
export function safeArchive(bytes: Uint8Array): Uint8Array | Unreadable {
  let entries = 0
  let unpacked = 0
  let isBomb = false
  const pictures: string[] = []
  let found: Record<string, Uint8Array>
  try {
    found = unzipSync(bytes, {
      filter({ name, originalSize }) {
        entries += 1
        unpacked += originalSize
        const isTooDense = unpacked > 1 << 20 && unpacked > archiveLimits.ratio * bytes.length
        if (entries > archiveLimits.entries || unpacked > archiveLimits.unpacked || isTooDense) isBomb = true
        if (isBomb) return false
        if (name.startsWith('word/media/')) pictures.push(name)
        return isText.test(name)
      },
    })
  } catch {
    return 'broken'
  }
  if (isBomb) return 'bomb'
  if (!found['[Content_Types].xml'] || !Object.keys(found).some((name) => /^word\/[A-Za-z0-9]+\.xml$/.test(name)))
    return 'type'
  const kept: Record<string, Uint8Array> = {}
  for (const [name, content] of Object.entries(found)) {
    // Word writes UTF-8. In another encoding the next check would see nothing.
    if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff)) return 'broken'
    const text = strFromU8(content)
    if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) return 'broken'
    kept[name] = name.endsWith('.rels') ? new TextEncoder().encode(withoutOutside(text)) : content
  }
  // Their places in the text stay, so that they can be counted.
  for (const name of pictures) kept[name] = new Uint8Array()
  return zipSync(kept, { level: 0 })
}

const isText = /^(?:\[Content_Types\]\.xml|_rels\/\.rels|word\/[A-Za-z0-9]+\.xml|word\/_rels\/[A-Za-z0-9]+\.xml\.rels)$/

function withoutOutside(rels: string): string {
  return rels.replaceAll(/<Relationship\b[^>]*>/g, (one) => {
    const isOutside = /TargetMode\s*=\s*["']External["']/i.test(one)
    return isOutside && !/\/hyperlink["']/.test(one) ? '' : one
  })
}
