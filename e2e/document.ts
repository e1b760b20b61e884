import type { ElementHandle, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { stale, type Visitor } from './town.ts'
import { fieldWords } from './words.ts'

/** A commitment's text, open on somebody's screen. */
export interface OpenText {
  /** Where a field is written, found as a screen reader finds it. */
  field(name: string): Locator
  /** Waits until a field says exactly this, one line per paragraph; the carets of others are no part of it. */
  says(name: string, words: string): Promise<void>
  /** Waits until a field says this somewhere. */
  mentions(name: string, words: string): Promise<void>
  /** What a field says now. */
  read(name: string): Promise<string>
  /** Puts the cursor at the end of a field, or at its start, and writes there word by word; see `enterWords`. */
  write(name: string, words: string, at?: 'end' | 'start'): Promise<void>
  /** Waits for the word that everything is stored. */
  saved(): Promise<void>
  /** Where the text is, in the words beside its title. */
  state(words: string): Locator
}

/**
 * Goes to a page of the program: where the program is open already, as a link in it leads there, which takes a third of the
 * processor's time that loading takes; else by loading it. The page is on its way then: wait for what only it says.
 */
export async function goTo(page: Page, address: string): Promise<void> {
  const isOpen = await page.evaluate(async (href) => {
    const { __TSR_ROUTER__: router } = window as { __TSR_ROUTER__?: { navigate(to: { href: string }): Promise<void> } }
    // Not ours to rely on: should a release of the router hide it, this says so.
    if (!router && document.querySelector('#root')?.hasChildNodes()) throw new Error('the page has no router')
    await router?.navigate({ href })
    return router !== undefined
  }, address)
  if (!isOpen) await page.goto(address)
}

/** Opens a commitment of the demo's plan by its number and waits until it can be read. */
export async function openText(visitor: Visitor, number: number, search = ''): Promise<OpenText> {
  await goTo(visitor.page, `/plans/chepo/commitments/${number}${search}`)
  const text = textOn(visitor)
  await text.field('title').waitFor()
  return text
}

/** The text that is open on somebody's screen already. */
export function textOn({ page, say, language }: Visitor): OpenText {
  const called = (name: string) => {
    const { label, question } = fieldWords(name, language)
    return { name: name === 'title' ? label : `${label} ${question}`, exact: true }
  }
  const field = (name: string) => page.getByRole('textbox', called(name)).or(page.getByRole('group', called(name)))
  const state = (words: string) => page.getByText(words, { exact: false })
  const text: OpenText = {
    field,
    state,
    read: (name) => field(name).evaluate(readParagraphs),
    says: (name, words) => expect.poll(readAgain(field(name))).toBe(words),
    mentions: (name, words) => expect.poll(readAgain(field(name))).toContain(words),
    async write(name, words, at = 'end') {
      // As one that takes words: a text that opens again is read-only for a moment, and letters would go nowhere.
      await page.getByRole('textbox', called(name)).click()
      await page.keyboard.press(at === 'end' ? 'Control+End' : 'Control+Home')
      await enterWords(page, words)
    },
    saved: () => page.getByText(say.editor.save.saved, { exact: true }).waitFor(),
  }
  return text
}

/** Adds a commitment to the demo's plan in somebody's name, with nothing but a title; answers its number. */
export async function addCommitment(visitor: Visitor, title: string): Promise<number> {
  const { number } = await post<{ number: number }>(visitor, '/api/plans/chepo/commitments', { title })
  return number
}

/** The id of the document of a commitment. */
export async function documentOf({ context }: Visitor, number: number): Promise<string> {
  const plan = (await (await context.request.get('/api/plans/chepo')).json()) as {
    commitments: { number: number; documentId: string }[]
  }
  const found = plan.commitments.find((one) => one.number === number)
  if (!found) throw new Error(`the plan has no commitment ${number}`)
  return found.documentId
}

/** Asks the program for something in somebody's name, as their page would. */
export async function post<Answer>({ context, url }: Visitor, path: string, data: object = {}): Promise<Answer> {
  const answer = await context.request.post(path, { headers: { Origin: url }, data, maxRetries: stale })
  if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`)
  return (await answer.json()) as Answer
}

/**
 * Writes where the cursor is: the first letter by its key, what follows word by word, as the keyboard of a phone gives
 * them. Each letter costs as much as a word, here and on every other screen. Writing by keys alone is in
 * `writing.e2e.ts`.
 */
async function enterWords({ keyboard }: Page, words: string): Promise<void> {
  await keyboard.type(words.slice(0, 1))
  for (const word of words.slice(1).split(/(?<=\s)/)) await keyboard.insertText(word)
}

/**
 * Reads a field as often as it is asked to. To find it as a screen reader does takes 25 ms of the processor, so that it is
 * found once, and anew when it is gone from the page or from sight.
 */
function readAgain(field: Locator): () => Promise<string> {
  let found: ElementHandle<Element> | null = null
  return async () => {
    // With the page that it was in, an element is gone for whoever holds it.
    const isThere = await found
      ?.evaluate((element) => element.isConnected && element.checkVisibility())
      .catch(() => false)
    if (!(found && isThere)) found = (await field.elementHandle()) as ElementHandle<Element>
    return found.evaluate(readParagraphs)
  }
}

/** Runs in the page. */
function readParagraphs(element: Element): string {
  const copy = element.cloneNode(true) as Element
  for (const drawn of copy.querySelectorAll('[aria-hidden="true"]')) drawn.remove()
  return [...copy.children].map(({ textContent }) => textContent).join('\n')
}
