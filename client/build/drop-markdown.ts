import type { Plugin } from 'vite'

/** What extensions of TipTap tell about themselves to its Markdown package, which is not part of Cabildo. */
const told = /^(?:markdown[A-Z]\w*|parseMarkdown|renderMarkdown)$/

/** Part of a syntax tree that is looked at here; the rest is walked through. */
interface Branch {
  type?: string
  start?: number
  end?: number
  computed?: boolean
  key?: { name?: string }
  properties?: Branch[]
}

/** Leaves the Markdown of TipTap's extensions out of the build: 10 kB that nobody calls. */
export function dropMarkdown(): Plugin {
  return {
    name: 'cabildo:drop-markdown',
    apply: 'build',
    transform: {
      filter: { id: /[\\/]@tiptap[\\/].*\.js$/, code: /arkdown/ },
      handler(code) {
        const cuts: [start: number, end: number][] = []
        const walk = (branch: unknown): void => {
          if (Array.isArray(branch)) for (const part of branch) walk(part)
          else if (typeof branch === 'object' && branch !== null) {
            const { type, properties = [] } = branch as Branch
            const isTold = ({ key, computed }: Branch) => !computed && told.test(key?.name ?? '')
            if (type === 'ObjectExpression')
              for (const { start = 0, end = 0 } of properties.filter(isTold)) cuts.push([start, end])
            for (const part of Object.values(branch)) walk(part)
          }
        }
        walk(this.parse(code))
        return { code: without(code, cuts), map: null }
      },
    },
  }
}

/** The text without these pieces of it, each with the comma that follows. A piece inside another goes with it. */
function without(code: string, cuts: readonly (readonly [number, number])[]): string {
  let kept = ''
  let at = 0
  for (const [start, end] of cuts.toSorted(([one], [other]) => one - other)) {
    if (start < at) continue
    kept += code.slice(at, start)
    at = end + (/^\s*,/.exec(code.slice(end))?.[0].length ?? 0)
  }
  return kept + code.slice(at)
}
