import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCommitment, documentOf, openText } from './document.ts'
import { caretIsKnown } from './keyboard.ts'
import { storedOutline } from './outline.ts'
import { type DemoPerson, desk, openTown, phone, type Screen, type Town } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** Somebody at a new commitment, with the cursor in its causes, and how that field is stored. */
async function atCauses(who: DemoPerson, screen: Screen) {
  const visitor = await town.enter(who, { screen })
  const number = await addCommitment(visitor, 'Aguas claras')
  const documentId = await documentOf(visitor, number)
  const text = await openText(visitor, number)
  await text.field('causes').click()
  const { keyboard } = visitor.page
  return {
    ...visitor,
    text,
    field: text.field('causes'),
    keyboard,
    type: (words: string) => keyboard.type(words, { delay: 5 }),
    tool: (name: keyof typeof visitor.say.editor.tool) =>
      visitor.page
        .getByRole('toolbar', { name: visitor.say.editor.toolbar.label })
        .getByRole('button', { name: visitor.say.editor.tool[name], exact: true }),
    /** Presses a key, and goes on when the screen shows what came of it, as people do. */
    async press(key: string, times = 1) {
      for (let pressed = 0; pressed < times; pressed += 1) await keyboard.press(key)
      await caretIsKnown(visitor.page)
    },
    async isStored(lines: string[]) {
      await expect.poll(() => storedOutline(visitor, documentId, 'causes')).toEqual(lines)
      await text.saved()
    },
  }
}

test('words and blocks take shape by the keys that people know', async () => {
  const { field, type, press, isStored } = await atCauses('gobierno', desk)
  await press('Control+b')
  await type('fuerte')
  await press('Control+b')
  await type(' ')
  await press('Control+i')
  await type('suave')
  await press('Control+i')
  await type(' ')
  await press('Control+u')
  await type('raya')
  await press('Control+u')
  await press('Enter')
  await type('Tres cosas')
  await press('Control+Alt+1')
  await press('Enter')
  await type('agua')
  await press('Control+Shift+8')
  await press('Enter')
  await press('Tab')
  await type('de pozo')
  await press('Enter')
  await press('Shift+Tab')
  await type('caminos')
  await press('Enter', 2)
  await type('uno')
  await press('Control+Shift+7')
  await press('Enter', 2)
  await type('Dicho en la mesa.')
  await press('Control+Shift+b')

  await field.getByRole('heading', { name: 'Tres cosas' }).waitFor()
  await isStored([
    'paragraph: [bold|fuerte] [italic|suave] [underline|raya]',
    'heading(2): Tres cosas',
    'bulletList/listItem/paragraph: agua',
    'bulletList/listItem/bulletList/listItem/paragraph: de pozo',
    'bulletList/listItem/paragraph: caminos',
    'orderedList/listItem/paragraph: uno',
    'blockquote/paragraph: Dicho en la mesa.',
  ])
})

test.each([desk, phone])('the toolbar does the same for those who know no keys, at $name', async (screen) => {
  const { page, tool, type, press, field, isStored, text } = await atCauses('sociedad', screen)
  const use = (name: Parameters<typeof tool>[0]) => (screen === phone ? tool(name).tap() : tool(name).click())
  await type('Las cuentas')
  await press('Shift+ArrowLeft', 'cuentas'.length)
  await use('bold')
  await expect.poll(() => tool('bold').getAttribute('aria-pressed')).toBe('true')
  await press('ArrowRight')
  await use('bold')
  await press('Enter')
  await type('Título')
  await use('heading')
  await press('Enter')
  await type('punto')
  await use('bulletList')
  await expect.poll(() => tool('bulletList').getAttribute('aria-pressed')).toBe('true')
  await isStored(['paragraph: Las [bold|cuentas]', 'heading(2): Título', 'bulletList/listItem/paragraph: punto'])

  // The bar is on the screen while one writes, and the text keeps the focus.
  await expect.poll(() => field.evaluate((element) => element === document.activeElement)).toBe(true)
  const bar = await page.getByRole('toolbar').boundingBox()
  expect(bar && bar.y >= 0 && bar.y + bar.height <= screen.viewport.height).toBe(true)

  await use('undo')
  await expect.poll(() => text.read('causes')).not.toContain('punto')
  await use('redo')
  await text.mentions('causes', 'punto')
})

test('a slash opens the blocks; selected words bring a few tools to the mouse', async () => {
  const { page, say, type, press, field, isStored } = await atCauses('gobierno', desk)
  const menu = page.getByRole('listbox', { name: say.writing.slash.label })
  await type('/')
  await menu.waitFor()
  expect(await menu.getByRole('option').count()).toBe(8)
  await press('Escape')
  await menu.waitFor({ state: 'detached' })
  await press('Backspace')
  await type('/titul')
  await menu.getByRole('option', { name: say.writing.slash.heading, exact: true }).waitFor()
  await press('Enter')
  await type('Las fechas')
  await press('Enter')
  await type('/numer')
  await menu.getByRole('option', { name: say.writing.slash.orderedList }).click()
  await type('febrero y marzo')
  await isStored(['heading(2): Las fechas', 'orderedList/listItem/paragraph: febrero y marzo'])

  await press('Shift+ArrowLeft', 'marzo'.length)
  // The first of that name is in the toolbar, the second at the words.
  const italics = page.getByRole('button', { name: say.editor.tool.italic, exact: true })
  await italics.nth(1).click()
  await field.getByText('marzo', { exact: true }).waitFor()
  await isStored(['heading(2): Las fechas', 'orderedList/listItem/paragraph: febrero y [italic|marzo]'])
  await press('ArrowRight')
  await italics.nth(1).waitFor({ state: 'detached' })
})

test.each([desk, phone])('a link is put on words, changed and taken away, at $name', async (screen) => {
  const { page, say, tool, type, press, field, isStored } = await atCauses('sociedad', screen)
  await type('Vea la ANTAI')
  await press('Shift+ArrowLeft', 'ANTAI'.length)
  if (screen === phone) await tool('link').tap()
  else await press('Control+k')
  const add = page.getByRole('dialog', { name: say.writing.link.add })
  await add.getByLabel(say.writing.link.address).fill('javascript:alert(1)')
  await page.keyboard.press('Enter')
  await add.getByText(say.writing.link.fault).waitFor()
  await add.getByLabel(say.writing.link.address).fill('antai.gob.pa')
  await add.getByRole('button', { name: say.writing.link.save }).click()
  await isStored(['paragraph: Vea la [link https://antai.gob.pa|ANTAI]'])

  await field.getByRole('link', { name: 'ANTAI' }).click()
  await tool('link').click()
  const edit = page.getByRole('dialog', { name: say.writing.link.edit })
  expect(await edit.getByLabel(say.writing.link.address).inputValue()).toBe('https://antai.gob.pa')
  await edit.getByRole('button', { name: say.writing.link.remove }).click()
  await isStored(['paragraph: Vea la ANTAI'])
})

test.each([desk, phone])('a table grows and shrinks by buttons with words, at $name', async (screen) => {
  const { page, say, tool, type, press, isStored } = await atCauses('gobierno', screen)
  await tool('table').click()
  const tools = page.getByRole('toolbar', { name: say.writing.table.label })
  await type('Qué')
  await press('Tab')
  await type('Cuándo')
  await press('Tab')
  await type('Pozo')
  await press('Tab')
  await type('Mayo')
  await tools.getByRole('button', { name: say.writing.table.addRow }).click()
  await press('Tab')
  await type('Camino')
  const table = [
    'table/tableRow/tableHeader/paragraph: Qué',
    'table/tableRow/tableHeader/paragraph: Cuándo',
    'table/tableRow/tableCell/paragraph: Pozo',
    'table/tableRow/tableCell/paragraph: Mayo',
    'table/tableRow/tableCell/paragraph: Camino',
    'table/tableRow/tableCell/paragraph: ',
    'table/tableRow/tableCell/paragraph: ',
    'table/tableRow/tableCell/paragraph: ',
  ]
  await isStored(table)
  await tools.getByRole('button', { name: say.writing.table.deleteRow }).click()
  await isStored(table.filter((_, place) => place !== 4 && place !== 5))
  await tools.getByRole('button', { name: say.writing.table.deleteTable }).click()
  await isStored(['paragraph: '])
})

/** Puts HTML on the clipboard as a word processor does, and pastes it by the keys. */
async function paste(page: Page, file: string): Promise<void> {
  const html = await readFile(new URL(`../client/src/features/editor/paste/fixtures/${file}`, import.meta.url), 'utf8')
  await page.evaluate((given) => {
    const copy = (event: ClipboardEvent) => {
      event.clipboardData?.setData('text/html', given)
      event.clipboardData?.setData('text/plain', 'texto pegado')
      event.preventDefault()
      event.stopImmediatePropagation()
    }
    window.addEventListener('copy', copy, { capture: true, once: true })
  }, html)
  await page.keyboard.press('Control+c')
  await page.keyboard.press('Control+v')
}

test('what comes from Word or Google Docs is text of ours: no styles, no pictures, its lists, links and tables', async () => {
  const { page, say, press, field, isStored } = await atCauses('gobierno', desk)
  await paste(page, 'google-docs.html.txt')
  await page.getByText(say.editor.field.images_one).waitFor()
  const fromDocs = [
    'heading(2): Presupuesto participativo',
    'paragraph: Las [bold|juntas comunales][italic| deciden ][strike|poco][underline|mucho]. Vea [link https://www.opengovpartnership.org/es/|el sitio de OGP].',
    'bulletList/listItem/paragraph: Agua',
    'bulletList/listItem/bulletList/listItem/paragraph: Pozos',
    'bulletList/listItem/paragraph: Caminos',
    'table/tableRow/tableCell/paragraph: [bold|Junta]',
    'table/tableRow/tableCell/paragraph: [bold|Monto]',
    'table/tableRow/tableCell/paragraph: Las Margaritas',
    'table/tableRow/tableCell/paragraph: ',
  ]
  await isStored(fromDocs)
  expect(await field.locator('[style]:not(table, col), font, img').count()).toBe(0)

  await press('Control+a')
  await press('Delete')
  await isStored(['paragraph: '])
  await paste(page, 'word.html.txt')
  await isStored([
    'heading(2): Cuentas claras',
    'heading(2): 1. El problema',
    'paragraph: La gente de Chepo [bold|no sabe] en qué se gasta el dinero del [italic|municipio].',
    'bulletList/listItem/paragraph: Los pagos no se publican.',
    'bulletList/listItem/bulletList/listItem/paragraph: Ni los de planilla.',
    'bulletList/listItem/paragraph: Los contratos llegan tarde.',
    'paragraph: Pasos:',
    'orderedList/listItem/paragraph: Abrir un [underline|portal].',
    'orderedList/listItem/paragraph: Publicar cada mes.',
    'paragraph: Más en [link https://www.antai.gob.pa/|la ANTAI][1].',
    'table/tableRow/tableCell/paragraph: [bold|Año]',
    'table/tableRow/tableCell/paragraph: 2024',
    'table/tableRow/tableCell/paragraph: ',
  ])
  expect(await field.locator('[style]:not(table, col), font, img').count()).toBe(0)
})
