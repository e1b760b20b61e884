/*
 * Verifies a record in a thread of its own, so that the page goes on drawing. It asks nothing of the network: what it
 * needs is the file, and the code that is already here.
 */
import { type Archive, ArchiveError, archiveLimits, readArchive } from '@cabildo/record/archive'
import { readText } from '@cabildo/record/archive-files'
import { bundleFiles } from '@cabildo/record/bundle'
import { exitCodes } from '@cabildo/record/findings'
import { keyTypes, parseVkey } from '@cabildo/record/keys'
import { portableVerifiers } from '@cabildo/record/signatures'
import { verifyBundle } from '@cabildo/record/verify'
import { webVerifiers } from '@cabildo/record/verify-ahead'
import { createRebuilding } from '@cabildo/verify/rebuild'
import type { Answer, Job } from './protocol.ts'

/** What of a worker's world is used here: its types and those of a page cannot stand in one project. */
interface World {
  addEventListener(type: 'message', hear: (event: MessageEvent<Job>) => void): void
  postMessage(answer: Answer): void
}
const world = globalThis as unknown as World

world.addEventListener('message', ({ data: job }) => {
  verify(job).catch(() => world.postMessage({ id: job.id, kind: 'failed' }))
})

async function verify({ id, file, key }: Job): Promise<void> {
  const limit = archiveLimits.archive
  if (file.size > limit) {
    world.postMessage({ id, kind: 'too-large', limit })
    return
  }
  const bytes = new Uint8Array(await file.arrayBuffer())
  const report = await verifyBundle(bytes, {
    ...(key !== undefined && { trustedKeys: [key] }),
    verifiers: webVerifiers(globalThis.crypto?.subtle, portableVerifiers),
    rebuild: createRebuilding().rebuild,
    onProgress: (progress) => world.postMessage({ id, kind: 'progress', progress }),
  })
  world.postMessage({
    id,
    kind: 'report',
    report,
    keys: keysOf(bytes),
    rebuilt: report.exitCode !== exitCodes.tampered,
  })
}

/** The keys that the file says the log signs with, for somebody to compare. */
function keysOf(bytes: Uint8Array): string[] {
  let archive: Archive
  try {
    archive = readArchive(bytes)
    const file = archive.files.get(bundleFiles.keys)
    const lines = file ? readText(file).split('\n') : []
    const keys = lines.filter((line) => line.startsWith('log ')).map((line) => line.slice('log '.length))
    // Of the two that a log may sign with, this one is published.
    return keys.filter((key) => parseVkey(key)?.type === keyTypes.ed25519)
  } catch (error) {
    if (error instanceof ArchiveError) return []
    throw error
  }
}
