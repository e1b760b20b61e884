/** Plays one document's log in a thread of its own: a long one must not keep the rooms waiting. */
import { parentPort, workerData } from 'node:worker_threads'
import { createReplay, type Parts, type Sought } from './replay.ts'

const replay = createReplay(workerData as Sought)
parentPort?.on('message', (parts: Parts) => parentPort?.postMessage(replay.read(parts)))
