import Papa from 'papaparse'

/** A line of a pasted sheet: an idea, and whose it is when a second column says it. */
export interface PastedIdea {
  words: string
  name: string
}

/** Words of a heading over the column of ideas, as people write it. */
const headings = new Set(['idea', 'ideas', 'aporte', 'aportes', 'propuesta', 'texto', 'contribution', 'input', 'text'])

/**
 * Reads what a spreadsheet or a list puts on the clipboard: one idea a line; after a tab whose it is. Quoted cells hold
 * breaks and tabs of their own, as spreadsheets write them. Empty lines and a heading are passed over, nothing else is.
 */
export function readPastedIdeas(text: string): PastedIdea[] {
  const { data } = Papa.parse<string[]>(text, { delimiter: '\t', skipEmptyLines: 'greedy' })
  return data.flatMap(([words = '', name = ''], place) => {
    const idea = { words: words.trim(), name: name.trim() }
    const isHeading = place === 0 && headings.has(idea.words.toLowerCase())
    return idea.words === '' || isHeading ? [] : [idea]
  })
}
