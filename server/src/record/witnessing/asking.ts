/**
 * Asks witnesses who answer over HTTP for their signature of the last head (c2sp.org/tlog-witness). Only addresses that
 * the operator named are asked, and none that those lead to. A witness that fails is asked again, ever more seldom.
 */
import { formatAddCheckpoint, sizeContentType } from '@cabildo/record/add-checkpoint'
import { fromUtf8 } from '@cabildo/record/bytes'
import { consistencyProof } from '@cabildo/record/merkle'
import { readBounded } from '@cabildo/record/read-bounded'
import type { Clock } from '../../rooms/ports.ts'
import type { Signed } from '../tree/journal.ts'
import { type KnownWitness, readKnownSize, witnessId } from './rules.ts'
import { takeCosignature, type WitnessingDeps } from './service.ts'
import { findLastCosigned } from './store.ts'

/** Asks witnesses, in the background. */
export interface Asking {
  /** Looks now, and from then on every few seconds, whether there is a head to be signed. */
  start(): void
  /** Asks everybody who has not signed the last head and is not being left alone. Never throws. */
  askAll(): Promise<void>
  /** Resolves when nobody is being asked any more, and nobody will be. */
  stop(): Promise<void>
}

/** Milliseconds: between two looks, for one answer, and the longest that a failing witness is left alone. */
const every = 5_000
const longestAnswer = 10_000
const longestPause = 15 * 60_000
/** Bytes of an answer that are read. */
const mostBytes = 16_384

/** What is known of one witness. */
interface Standing {
  witness: KnownWitness & { url: string }
  /** The size that it has signed last, as far as we know; undefined before anybody looked. */
  size: number | undefined
  failures: number
  /** On the clock: not before this. */
  notBefore: number
}

/** Makes an asking. With no witness that has an address it never does anything. */
export function createAsking(deps: WitnessingDeps & { clock: Clock }): Asking {
  const { db, tree, witnesses, clock, logger } = deps
  const standings = witnesses.flatMap((witness): Standing[] =>
    witness.url === undefined
      ? []
      : [{ witness: { ...witness, url: witness.url }, size: undefined, failures: 0, notBefore: 0 }],
  )
  const stopping = new AbortController()
  let cancel: (() => void) | undefined
  let running: Promise<void> = Promise.resolve()

  async function post(url: string, old: number, head: Signed): Promise<Response> {
    const proof = old === 0 ? [] : await tree.read(head.size, (read) => consistencyProof(old, head.size, read))
    return fetch(`${url}/add-checkpoint`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain; charset=utf-8' },
      body: formatAddCheckpoint({ old, proof, checkpoint: head.note }),
      redirect: 'error',
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(longestAnswer)]),
    })
  }

  async function ask(standing: Standing, head: Signed): Promise<void> {
    const { url } = standing.witness
    let response = await post(url, standing.size ?? 0, head)
    if (response.status === 409) {
      const known = readKnownSize(await readBounded(response, mostBytes))
      if (known === undefined || !response.headers.get('content-type')?.startsWith(sizeContentType)) {
        throw new Error('it refuses this head (409) and does not say what it has seen')
      }
      if (known > head.size) throw new Error(`it has signed ${known} entries, but ${head.size} are published`)
      standing.size = known
      response = await post(url, known, head)
    }
    const answer = fromUtf8(await readBounded(response, mostBytes)) ?? ''
    if (response.status !== 200) throw new Error(`it answers ${response.status}`)
    await takeCosignature(deps, { size: head.size, cosignature: answer })
    standing.size = head.size
  }

  async function look(standing: Standing): Promise<void> {
    const head = tree.checkpoint()
    if (!head || standing.size === head.size || clock.now() < standing.notBefore) return
    const { name } = standing.witness.key
    try {
      if (standing.size === undefined) {
        const id = witnessId(standing.witness.key)
        standing.size = (await findLastCosigned(db, [id])).get(id)?.size ?? 0
        if (standing.size === head.size) return
      }
      await ask(standing, head)
      standing.failures = 0
    } catch (error) {
      if (stopping.signal.aborted) return
      standing.failures += 1
      const pause = Math.min(longestPause, every * 2 ** Math.min(standing.failures, 20))
      standing.notBefore = clock.now() + pause
      logger.warn({ err: error, witness: name, pause }, 'a witness did not sign the last head')
    }
  }

  const askAll = (): Promise<void> => {
    running = running.then(async () => {
      await Promise.all(standings.map(look))
    })
    return running
  }

  const tick = (): void => {
    void askAll().then(() => {
      if (!stopping.signal.aborted) cancel = clock.after(every, tick)
    })
  }

  return {
    askAll,
    start() {
      if (standings.length > 0) tick()
    },
    async stop() {
      stopping.abort()
      cancel?.()
      await running
    },
  }
}
