/** The body of an answer, of at most `limit` bytes. Throws an Error for a longer one, and reads no further. */
export async function readBounded(response: Response, limit: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(limit)
  let length = 0
  const reader = response.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    if (length + value.length > limit) {
      await reader.cancel()
      throw new Error(`the answer has more than ${limit} bytes`)
    }
    bytes.set(value, length)
    length += value.length
  }
  return bytes.slice(0, length)
}
