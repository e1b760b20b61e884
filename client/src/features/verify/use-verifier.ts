import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer, Job } from './protocol.ts'

/** What the page knows of the verification. */
export type Verification =
  | { state: 'none' }
  | { state: 'running'; file: File; progress: (Answer & { kind: 'progress' })['progress'] | undefined }
  | { state: 'done'; file: File; key: string | undefined; answer: Exclude<Answer, { kind: 'progress' }> }

/**
 * Verifies files in a worker, one at a time; a new one takes the place of the one before. The worker is fetched when the
 * page is, so that the network is not needed any more when a file is chosen.
 */
export function useVerifier(): {
  verification: Verification
  verify: (file: File, key: string | undefined) => void
  reset: () => void
} {
  const [verification, setVerification] = useState<Verification>({ state: 'none' })
  const worker = useRef<Worker>(undefined)
  const jobs = useRef(0)

  useEffect(() => {
    const made = new Worker(new URL('./verify-worker.ts', import.meta.url), { type: 'module' })
    const fail = () =>
      setVerification((now) =>
        now.state === 'running'
          ? { state: 'done', file: now.file, key: undefined, answer: { id: jobs.current, kind: 'failed' } }
          : now,
      )
    made.addEventListener('error', fail)
    made.addEventListener('messageerror', fail)
    worker.current = made
    return () => made.terminate()
  }, [])

  const verify = useCallback((file: File, key: string | undefined) => {
    const { current: to } = worker
    jobs.current += 1
    const job: Job = { id: jobs.current, file, key }
    setVerification({ state: 'running', file, progress: undefined })
    const hear = ({ data: answer }: MessageEvent<Answer>) => {
      if (answer.id !== job.id) return
      if (answer.kind !== 'progress') to?.removeEventListener('message', hear)
      if (answer.id !== jobs.current) return
      if (answer.kind === 'progress') setVerification({ state: 'running', file, progress: answer.progress })
      else setVerification({ state: 'done', file, key, answer })
    }
    to?.addEventListener('message', hear)
    to?.postMessage(job)
  }, [])

  const reset = useCallback(() => {
    jobs.current += 1
    setVerification({ state: 'none' })
  }, [])
  return { verification, verify, reset }
}
