import { isAbort, refusalOf, send } from './call.ts'
import { Refusal } from './refusal.ts'

/** A file as it came. */
export interface FetchedFile {
  blob: Blob
  /** As the server names it. */
  name: string
}

/**
 * Fetches a file that is to be saved. `onBytes` hears how many bytes came so far. Throws a `Refusal` like any call, `offline`
 * also when it broke off, and the browser's `AbortError` when it was given up.
 */
export async function fetchFile(
  path: string,
  { signal, onBytes }: { signal: AbortSignal; onBytes: (bytes: number) => void },
): Promise<FetchedFile> {
  const response = await send(path, { credentials: 'same-origin', signal })
  if (!response.ok || !response.body) throw await refusalOf(response)
  const parts: Uint8Array<ArrayBuffer>[] = []
  let bytes = 0
  try {
    const reader = response.body.getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      parts.push(value)
      bytes += value.length
      onBytes(bytes)
    }
  } catch (error) {
    if (isAbort(error)) throw error
    throw new Refusal('offline', 0)
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'cabildo'
  return { blob: new Blob(parts, { type: response.headers.get('Content-Type') ?? '' }), name }
}

/** Saves a file on this device. */
export function saveFile({ blob, name }: FetchedFile): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name
  link.click()
  // The browser has taken it by the next turn of its clock; a large one may take a moment more.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
