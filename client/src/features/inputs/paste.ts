import Papa from 'papaparse'

/** A line of a pasted sheet: an idea, whose it is when a second column says it, and whether they agreed to be named, by a third. */
export interface PastedIdea {
  words: string
  name: string
  consent: boolean
}

/** Words of a heading over the column of ideas, as people write it. */
const headings = new Set(['idea', 'ideas', 'aporte', 'aportes', 'propuesta', 'texto', 'contribution', 'input', 'text'])

/** Words of a column that says whether somebody agreed. What is none of them is no yes. */
const yes = new Set(['sí', 'si', 's', 'yes', 'y', 'x', '✓', '1', 'true', 'verdadero'])

/**
 * Reads what a spreadsheet or a list puts on the clipboard: one idea a line; after a tab whose it is, after
 * another whether they agreed. Quoted cells hold
 * breaks and tabs of their own, as spreadsheets write them. Empty lines and a heading are passed over, nothing else is.
 */
export function readPastedIdeas(text: string): PastedIdea[] {
  const { data } = Papa.parse<string[]>(text, { delimiter: '\t', skipEmptyLines: 'greedy' })
  return data.flatMap(([words = '', whose = '', agreed = ''], place) => {
    const name = whose.trim()
    const idea = { words: words.trim(), name, consent: name !== '' && yes.has(agreed.trim().toLowerCase()) }
    const isHeading = place === 0 && headings.has(idea.words.toLowerCase())
    return idea.words === '' || isHeading ? [] : [idea]
  })
}
