import { randomBytes } from 'node:crypto'

/** A client id for an edit by the server. Nobody can know it before it is used. */
export function mintClientId(): number {
  return randomBytes(4).readUInt32BE()
}
