/** Packing by what Node brings along: a fraction of the processor's time that the packing that runs everywhere takes. */
import { createHash } from 'node:crypto'
import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { PackingTools } from '../packer.ts'

/** What this Node can pack with. */
export const nodePacking: PackingTools = {
  digest() {
    const hash = createHash('sha256')
    return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() }
  },
  crc32: (bytes, crc) => crc32(bytes, crc),
  // A piece ends on a whole byte, and the next one begins anew: so pieces of one stream need nothing of each other.
  deflate: (bytes, last) =>
    deflateRawSync(bytes, { level: 6, finishFlush: last ? constants.Z_FINISH : constants.Z_SYNC_FLUSH }),
}
