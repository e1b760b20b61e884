/** Packs one bundle into a file, in a thread of its own: compressing a large record must not keep the rooms waiting. */
import { writevSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { nodePacking } from '@cabildo/record/cli/packing'
import { createPacker } from '@cabildo/record/packer'
import type { PackingData, Told } from './packing.ts'

const { fd } = workerData as PackingData
const atOnce = 256 * 1024
const waiting: Uint8Array[] = []
let length = 0
let size = 0

const packer = createPacker((piece) => {
  waiting.push(piece)
  length += piece.length
  if (length >= atOnce) flush()
}, nodePacking)

/** A disk may take less than it is given. */
function flush(): void {
  while (length > 0) {
    let written = writevSync(fd, waiting, size)
    size += written
    length -= written
    while (waiting[0] && written >= waiting[0].length) written -= waiting.shift()?.length ?? 0
    if (written > 0 && waiting[0]) waiting[0] = waiting[0].subarray(written)
  }
  waiting.length = 0
}

parentPort?.on('message', (told: Told) => {
  if (told.what === 'begin') packer.begin(told.name, told.way)
  else if (told.what === 'add') packer.add(told.bytes)
  else {
    packer.seal()
    flush()
  }
  parentPort?.postMessage(size)
  if (told.what === 'seal') parentPort?.close()
})
