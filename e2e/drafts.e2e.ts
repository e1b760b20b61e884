import { afterAll, beforeAll, expect, test } from 'vitest'
import { addCommitment, documentOf, openText, post } from './document.ts'
import { type DemoPerson, desk, keeping, openTown, phone, type Screen, type Town, type Visitor } from './town.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const agreed = 'El agua llega dos horas.'
const alone = ' En la isla no llega ningún día.'

/** Somebody who wrote without a connection, and one who stayed. */
async function oneIsAway(who: DemoPerson, screen: Screen) {
  const away = await town.enter(who, { screen, settings: keeping })
  const ivan = await town.enter('gobierno')
  const number = await addCommitment(ivan, 'Agua para la isla')
  const documentId = await documentOf(ivan, number)
  const [theirs, his] = await Promise.all([openText(away, number), openText(ivan, number)])
  await his.write('problem', agreed)
  await theirs.says('problem', agreed)
  await his.saved()

  await away.context.setOffline(true)
  await theirs.write('problem', alone)
  await theirs.state(away.say.editor.save.offline).waitFor()
  return { away, theirs, ivan, his, documentId }
}

/** Reads the draft that a button offers, copies its words and puts it away. */
async function readDraft({ page, context, say }: Visitor, button: string, reason: string): Promise<void> {
  await page.getByRole('button', { name: button, exact: true }).click()
  const sheet = page.getByRole('dialog', { name: say.drafts.title })
  await sheet.getByText(reason).waitFor()
  const { tell } = say.comparing.diff
  await expect
    .poll(() => sheet.getByRole('group').locator('ins').allTextContents())
    .toEqual([`${tell.added} ${alone} ${tell.end}`])

  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await sheet.getByRole('button', { name: say.drafts.copy }).click()
  await sheet.getByRole('button', { name: say.drafts.copied }).waitFor()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain(alone.trim())

  await sheet.getByRole('button', { name: say.drafts.putAway }).click()
  await sheet.getByText(say.drafts.none).waitFor()
  await sheet.getByText(say.drafts.away_one.replace('{{count}}', '1')).waitFor()
  await sheet.getByRole('button', { name: say.common.close }).click()
  await sheet.waitFor({ state: 'detached' })
}

/** The document as it is stored: what came too late is not in it. */
async function storedProblem({ context }: Visitor, documentId: string): Promise<string> {
  const document = (await (await context.request.get(`/api/documents/${documentId}`)).json()) as {
    content: { fields: { problem: unknown } }
  }
  return JSON.stringify(document.content.fields.problem)
}

test('the document was brought back to a version meanwhile: what was written alone is kept beside it', async () => {
  const { away, theirs, ivan, his, documentId } = await oneIsAway('sociedad', desk)
  const versions = `/api/documents/${documentId}/versions`
  const version = await post<{ id: string }>(ivan, versions, { name: 'Lo acordado' })
  await his.write('problem', ' Sobra.')
  await his.saved()
  await post(ivan, `${versions}/${version.id}/restore`)
  await his.says('problem', agreed)

  await away.context.setOffline(false)
  await away.page.getByText(away.say.editor.ending.what.restored).waitFor()
  await away.page.getByText(away.say.editor.ending.draft).waitFor()
  await readDraft(away, away.say.editor.ending.openDraft, away.say.drafts.reason.restored)
  await theirs.says('problem', agreed)
  expect(await storedProblem(ivan, documentId)).not.toContain('isla')

  await theirs.write('problem', ' Ya de vuelta.')
  await his.says('problem', `${agreed} Ya de vuelta.`)
  await theirs.saved()
})

test('the document was closed to changes meanwhile: both can read, and what was written alone is kept', async () => {
  const { away, theirs, ivan, his, documentId } = await oneIsAway('sociedad', phone)
  await town.database.pool.query("update document set status = 'frozen' where id = $1", [documentId])

  await away.context.setOffline(false)
  await away.page.getByText(away.say.editor.ending.what.frozen).waitFor()
  await away.page.getByText(away.say.editor.ending.draft).waitFor()
  await away.page.reload()
  await readDraft(away, away.say.drafts.notice.show_one, away.say.drafts.reason.frozen)
  await theirs.says('problem', agreed)
  await away.page.getByText(away.say.editor.form.frozen).waitFor()
  expect(await away.page.getByRole('textbox').count()).toBe(0)
  expect(await storedProblem(ivan, documentId)).not.toContain('isla')

  await ivan.page.reload()
  await ivan.page.getByText(ivan.say.editor.form.frozen).waitFor()
  await his.says('problem', agreed)
})

test('somebody may only read from now on: what was written alone is kept, and the text can be read', async () => {
  const makeRole = (role: string) =>
    town.database.pool.query(
      'update member set role = $1 where user_id = (select id from user_account where email = $2)',
      [role, 'facilitacion@demo.cabildo.test'],
    )
  // Also when this journey is made once more.
  await makeRole('facilitator')
  const { away, theirs, ivan, his, documentId } = await oneIsAway('facilitacion', phone)
  await makeRole('reviewer')

  await away.context.setOffline(false)
  await away.page.getByText(away.say.editor.ending.what.forbidden).waitFor()
  // Told with the change when the room refuses first, and beside it when the page was told first what one may do.
  const toDraft = away.page.getByRole('button', { name: away.say.drafts.notice.show_one, exact: true })
  await away.page.getByText(away.say.editor.ending.draft).or(toDraft).first().waitFor()
  await away.page.getByRole('button', { name: away.say.editor.ending.dismiss }).click()
  await readDraft(away, away.say.drafts.notice.show_one, away.say.drafts.reason.forbidden)
  await away.page.getByText(away.say.editor.form.mayPropose).waitFor()
  await theirs.says('problem', agreed)
  expect(await storedProblem(ivan, documentId)).not.toContain('isla')

  await his.write('problem', ' Sigue igual.')
  await theirs.says('problem', `${agreed} Sigue igual.`)
})
