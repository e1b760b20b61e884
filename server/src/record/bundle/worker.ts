/** Packs one bundle in a thread of its own: compressing a large record must not keep the rooms waiting. */
import { parentPort, workerData } from 'node:worker_threads'
import { type BundleContent, writeBundle } from '@cabildo/record/bundle'

const bytes = writeBundle(workerData as BundleContent)
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
