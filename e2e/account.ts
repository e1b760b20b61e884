import { newPassword } from './people.ts'
import type { Visitor } from './town.ts'

/** Opens the profile. */
export async function openProfile({ page, say }: Visitor): Promise<void> {
  await page.goto('/profile')
  await page.getByRole('heading', { level: 1, name: say.account.title }).waitFor()
}

/** Signs in by the form. */
export async function signIn({ page, say }: Visitor, email: string, word = newPassword): Promise<void> {
  await page.goto('/login')
  await page.getByLabel(say.session.email, { exact: true }).fill(email)
  await page.getByLabel(say.session.password, { exact: true }).fill(word)
  await page.getByRole('button', { name: say.session.submit, exact: true }).click()
}

/** Waits until somebody is in the plan. */
export const inPlan = ({ page }: Visitor) => page.getByRole('heading', { level: 1, name: /Chepo/ }).waitFor()

/** A browser whose device keeps passkeys and always recognises its owner. */
export async function withPasskeys({ context, page }: Visitor): Promise<void> {
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}
