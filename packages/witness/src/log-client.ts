/** A log as a witness speaks to it: its files (c2sp.org/tlog-tiles), and Cabildo's two places to hand something in. */
import { readBounded } from '@cabildo/record/read-bounded'

/** A log at one address. */
export interface LogClient {
  /** A file below the log's address; `undefined` where there is none. */
  fetchFile(path: string): Promise<Uint8Array | undefined>
  /** Hands something in; answers the status, which is for the caller to judge. */
  handIn(place: 'cosignatures' | 'evidence', body: unknown): Promise<number>
}

/** Milliseconds for one answer, and bytes of it that are read: a head with all its signatures is the largest. */
const longestAnswer = 20_000
const mostBytes = 128 * 1024

/** The log of a Cabildo at this address, or of anybody at one with a path. Throws RangeError for no such address. */
export function createLogClient(address: string): LogClient {
  // Not URL.parse: Node 20 has it not.
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new RangeError(`${address}: no es una dirección / is no address`)
  }
  const prefix = url.pathname === '/' ? `${url.origin}/tlog` : url.href.replace(/\/+$/, '')
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${prefix}/${path}`, { ...init, redirect: 'error', signal: AbortSignal.timeout(longestAnswer) })

  return {
    async fetchFile(path) {
      const response = await ask(path)
      const bytes = await readBounded(response, mostBytes)
      if (response.status === 404) return undefined
      if (!response.ok) throw new Error(`${prefix}/${path}: ${response.status}`)
      return bytes
    },
    async handIn(place, body) {
      const headers = { 'content-type': 'application/json' }
      const response = await ask(place, { method: 'POST', headers, body: JSON.stringify(body) })
      await readBounded(response, mostBytes)
      return response.status
    },
  }
}
