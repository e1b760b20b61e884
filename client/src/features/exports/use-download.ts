import { useEffect, useRef, useState } from 'react'
import { isAbort } from '../../lib/call.ts'
import { fetchFile, saveFile } from '../../lib/fetch-file.ts'

/** Where a download stands. */
export type Download =
  | { state: 'idle' }
  | { state: 'coming'; bytes: number }
  | { state: 'done'; bytes: number }
  | { state: 'failed'; error: unknown }

/**
 * One file to be downloaded at a time, saved when all of it is here. What is still coming when the reader goes away is given up.
 * `beside` runs while it comes, until its signal.
 */
export function useDownload(beside?: (signal: AbortSignal) => void) {
  const [download, setDownload] = useState<Download>({ state: 'idle' })
  const giveUp = useRef<AbortController>(undefined)
  useEffect(() => () => giveUp.current?.abort(), [])

  const start = async (path: string) => {
    giveUp.current?.abort()
    const abort = new AbortController()
    giveUp.current = abort
    const show = (next: Download) => {
      if (giveUp.current === abort) setDownload(next)
    }
    show({ state: 'coming', bytes: 0 })
    const ended = new AbortController()
    beside?.(AbortSignal.any([abort.signal, ended.signal]))
    try {
      const file = await fetchFile(path, { signal: abort.signal, onBytes: (bytes) => show({ state: 'coming', bytes }) })
      saveFile(file)
      show({ state: 'done', bytes: file.blob.size })
    } catch (error) {
      show(isAbort(error) ? { state: 'idle' } : { state: 'failed', error })
    } finally {
      ended.abort()
    }
  }
  const stop = () => giveUp.current?.abort()
  return { download, start, stop }
}
