import type { Mail } from '../../../mail/mailer.ts'

/** Whom a letter is for, and the plan whose coordination acts. */
interface Occasion {
  to: string
  name: string
  plan: { title: string }
}

/** Tells somebody that the removal of their second factor was asked for, while it can still be stopped. */
export function askedLetter({ to, name, plan }: Occasion): Mail {
  return {
    to,
    subject: 'Piden quitar su segundo paso / Your second step',
    text: `Hola, ${name}:

Alguien de la coordinación de «${plan.title}» pidió quitar el segundo paso de su cuenta en Cabildo.
Otra persona de la coordinación tiene 72 horas para aprobarlo.

Si usted no lo pidió, avise hoy mismo a la coordinación.

--

Hello ${name},

Somebody in the coordination of “${plan.title}” asked to remove the second step of your account in Cabildo.
Another person of the coordination has 72 hours to approve it.
If you did not ask for it, tell the coordination today.
`,
  }
}

/** Tells somebody that their second factor is gone. */
export function removedLetter({ to, name, plan }: Occasion): Mail {
  return {
    to,
    subject: 'Se quitó su segundo paso / Your second step was removed',
    text: `Hola, ${name}:

Dos personas de la coordinación de «${plan.title}» quitaron el segundo paso de su cuenta en Cabildo: la aplicación de
códigos, los códigos de recuperación y las llaves de acceso. Se cerraron todas sus sesiones. Su contraseña es la misma.

Al entrar, ponga un segundo paso nuevo en su perfil. Si usted no lo pidió, cambie su contraseña y avise a la coordinación.

--

Hello ${name},

Two people in the coordination of “${plan.title}” removed the second step of your account in Cabildo: the authenticator,
the recovery codes and the passkeys. All your sessions ended. Your password is the same.
When you sign in, set up a new second step in your profile. If you did not ask for it, change your password and tell the
coordination.
`,
  }
}
