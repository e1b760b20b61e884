import type { Mail } from '../../../mail/mailer.ts'
import { townZone } from '../../../town-time.ts'

/** What a letter tells. */
export interface Occasion {
  to: string
  name: string
  plan: { title: string; place: string }
  url: string
  expiresAt: Date
}

const dateIn = (locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', hour12: true, timeZone: townZone })
const spanishDate = dateIn('es-PA')
const englishDate = dateIn('en-GB')

/** An invitation into a plan, in Spanish and then in English. */
export function invitationLetter({ to, name, plan, url, expiresAt }: Occasion): Mail {
  return {
    to,
    subject: `Invitación a ${plan.title} / Invitation`,
    text: `Hola, ${name}:

La coordinación de «${plan.title}» (${plan.place}) le invita a participar.
Abra este enlace para entrar. Sirve una sola vez, hasta el ${spanishDate.format(expiresAt)} (hora de Panamá):

${url}

Si no esperaba esta invitación, no tiene que hacer nada.

--

Hello ${name},

The coordination of “${plan.title}” (${plan.place}) invites you to take part.
Open the link above to come in. It works once, until ${englishDate.format(expiresAt)} (Panama time).
If you did not expect this invitation, there is nothing you need to do.
`,
  }
}

/** A way back into one's account; it tells its owner even when they did not ask for it. */
export function recoveryLetter({ to, name, plan, url, expiresAt }: Occasion): Mail {
  return {
    to,
    subject: 'Volver a entrar en Cabildo / Getting back into Cabildo',
    text: `Hola, ${name}:

La coordinación de «${plan.title}» hizo un enlace para que usted vuelva a entrar en su cuenta.
Ábralo y elija una contraseña nueva. Sirve una sola vez, hasta el ${spanishDate.format(expiresAt)} (hora de Panamá):

${url}

Si usted no lo pidió, no lo abra y avise a la coordinación.

--

Hello ${name},

The coordination of “${plan.title}” made a link for you to get back into your account.
Open the link above and choose a new password. It works once, until ${englishDate.format(expiresAt)} (Panama time).
If you did not ask for it, do not open it, and tell the coordination.
`,
  }
}
