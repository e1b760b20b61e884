/** The readable texts: each version's JSON and HTML is what its entry commits to, and no text is there that none names. */
import { readWhole } from './archive-files.ts'
import { bundleFiles, versionFile } from './bundle.ts'
import { sha256Name } from './hash.ts'
import { type Context, type KnownEntry, progressEvery, reading } from './verify-context.ts'
import type { PayloadReport } from './verify-payloads.ts'
import { holdsFiller } from './verify-redactions.ts'

/** Checks the texts of all versions; gives how many versions there are. */
export async function verifyVersions(
  context: Context,
  entries: ReadonlyMap<number, KnownEntry>,
  { excused, replaced, hiddenBatches, heads }: PayloadReport,
): Promise<number> {
  const { archive, findings, digest } = context
  const named = new Set<string>()
  let versions = 0
  for (const { seq, type, content } of entries.values()) {
    if (type !== 'version' || !content) continue
    versions += 1
    const { document, number } = content
    if (named.has(versionFile(document, number, 'json'))) findings.add('version-twice', { seq })
    for (const kind of ['json', 'html'] as const) {
      const name = versionFile(document, number, kind)
      const file = archive.files.get(name)
      named.add(name)
      const hashOf = (texts: { sha256?: string; html?: string } = {}) => (kind === 'json' ? texts.sha256 : texts.html)
      const stated = hashOf(replaced.get(seq))
      if (!file) {
        // What was put in the place of a text has to be there as the text had.
        if (!excused.has(seq) || stated !== undefined) findings.add('content-missing', { seq, file: name })
        continue
      }
      const [before, now] = [hashOf(content), stated ?? hashOf(content)]
      const check = () => {
        const bytes = readWhole(file)
        const hash = sha256Name(bytes, digest)
        if (hash === now && now !== before && kind === 'json' && !holdsFiller(bytes)) {
          findings.add('replacement-unfilled', { seq, file: name })
        }
        if (hash !== now) findings.add(hash === before ? 'still-present' : 'content-differs', { seq, file: name })
      }
      await reading(context, name, check, () => seq)
    }
    const ahead = content.seq > (heads.get(document) ?? 0)
    if (ahead && hiddenBatches === 0) findings.add('version-ahead', { seq })
    if (versions % (progressEvery / 8) === 0)
      await context.progress({ step: 'versions', done: versions, total: entries.size })
  }
  const known = new Set<string>(Object.values(bundleFiles))
  for (const name of [...archive.files.keys()].sort()) {
    if (known.has(name) || named.has(name)) continue
    findings.add(name.startsWith('versions/') ? 'content-unnamed' : 'unexpected-file', { file: name })
  }
  return versions
}
