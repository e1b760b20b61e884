/**
 * A plan's record as one file that proves itself. It is made once for each head of the tree, page by page into a file without
 * a name, a bounded number at a time; whoever asks is sent that file.
 */
import { AppError } from '@cabildo/protocol/errors'
import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import type { Spool, SpoolFile } from '../../spool.ts'
import { enterRecord } from '../reading/service.ts'
import type { Tree } from '../tree/service.ts'
import type { KnownWitness } from '../witnessing/rules.ts'
import { gather } from './gathering.ts'
import { startPacking } from './packing.ts'
import { findPlan, isTakingOut } from './store.ts'

/** What bundles are made of. */
export interface BundleDeps {
  db: Kysely<Database>
  tree: Pick<Tree, 'checkpoint' | 'verifierKeys' | 'alarm'>
  witnesses: readonly Pick<KnownWitness, 'vkey'>[]
  spool: Spool
}

/** A bundle on its way to somebody. */
export interface Bundle {
  /** What the file is called. */
  name: string
  /** Bytes. */
  size: number
  /** Its bytes, once. Whoever does not want them cancels it; nothing of the database is held by it. */
  stream: ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Makes bundles. */
export interface Bundles {
  /**
   * The bundle of a plan, up to the last published head. `onShare` hears how much of it is made, from 0 to 1. Throws
   * `unavailable` while too many are being made or sent.
   */
  of(actor: Actor, plan: string, onShare?: (share: number) => void): Promise<Bundle>
}

/** Bundles that are made at a time. */
const mostAtOnce = 2
/** Milliseconds a bundle is kept for whoever asks next. */
const keptFor = 10_000

interface Made {
  file: SpoolFile
  size: number
}

/** A bundle that is being made or was, and who hears how much of it is. */
interface Work {
  made: Promise<Made>
  ears: Set<(share: number) => void>
}

/** Bundles over a database. Those that were made a moment ago are kept. */
export function createBundles({ db, tree, witnesses, spool }: BundleDeps): Bundles {
  const known = new Map<string, Work>()
  let making = 0

  return {
    async of(actor, given, onShare = () => undefined) {
      const planId = await enterRecord(db, actor, given)
      const head = tree.checkpoint()
      if (!head) throw new AppError('unavailable', { detail: tree.alarm() ?? 'Nothing is signed yet.', retryAfter: 2 })
      const { slug, title } = await findPlan(db, planId)
      // Names are shown as people wish now, so what was made a moment ago is the most that is used again.
      const key = `${planId} ${head.size}`
      // Also what was made a moment ago may hold words that are gone.
      if (await isTakingOut(db, planId, head.size)) throw takingOut()
      const { made, ears } = known.get(key) ?? begin(key, { id: planId, slug, title }, head.size)
      ears.add(onShare)
      const { file, size } = await made.finally(() => ears.delete(onShare))
      return { name: `registro-${slug}-${head.size}.zip`, size, stream: file.stream() }
    },
  }

  function begin(key: string, plan: Named, size: number): Work {
    if (making >= mostAtOnce)
      throw new AppError('unavailable', { detail: 'Other bundles are being made.', retryAfter: 5 })
    making += 1
    const ears: Work['ears'] = new Set()
    const onShare = (share: number) => {
      for (const hear of ears) hear(share)
    }
    const made = make(plan, size, onShare).finally(() => {
      making -= 1
    })
    const work = { made, ears }
    known.set(key, work)
    made.then(
      ({ file }) => {
        const forget = () => {
          known.delete(key)
          file.release()
        }
        setTimeout(forget, keptFor).unref()
      },
      () => known.delete(key),
    )
    return work
  }

  async function make(plan: Named, size: number, onShare: (share: number) => void): Promise<Made> {
    const file = await spool.create()
    const packing = startPacking(file.fd)
    try {
      const keys = { log: tree.verifierKeys, witnesses: witnesses.map(({ vkey }) => vkey) }
      await gather(db, packing, { plan, size, keys }, onShare)
      const length = await packing.seal()
      // Words that were taken out meanwhile may be in it, or be missing without the entry that says so.
      if (await isTakingOut(db, plan.id, size)) throw takingOut()
      return { file, size: length }
    } catch (error) {
      // Before the file is closed: its number may be another file's soon.
      await packing.stop()
      file.release()
      throw error
    }
  }
}

interface Named {
  id: string
  slug: string
  title: string
}

const takingOut = (): AppError =>
  new AppError('unavailable', { detail: 'Words were just taken out; their entry is being signed.', retryAfter: 2 })
