import type { WrittenLanguage } from '@cabildo/protocol/names'

/** Words of consultations: until when one may say something, and how. */
export interface ConsultationWords {
  /** Until when everybody can say what they think, by the state it belongs to. */
  until: Record<'gathering' | 'consultation', (day: string) => string>
  commentsFrom: (day: string) => string
  commentsUntil: (day: string) => string
  commentsEnded: (day: string) => string
  /** The consultations of a plan that are open, or will be. */
  consultations: string
  commentOn: (number: number) => string
  /** The way to where a receipt is looked up. */
  seeReceipt: string
  comment: {
    title: string
    lead: string
    words: string
    about: string
    whole: string
    name: string
    law: string
    consent: string
    send: string
    follows: string
    /** Stands first in the title of a page that tells what is wrong. */
    fault: string
    notTaken: string
    noWords: string
    tooLong: (most: number) => string
    noConsent: string
    early: string
    over: string
    tooMany: string
    taken: string
    takenText: (number: number) => string
    keep: string
    look: string
  }
}

const es: ConsultationWords = {
  until: {
    gathering: (day) => `Se reciben aportes hasta el ${day}`,
    consultation: (day) => `La consulta está abierta hasta el ${day}`,
  },
  commentsFrom: (day) => `Se reciben comentarios desde el ${day}.`,
  commentsUntil: (day) => `Se reciben comentarios hasta el ${day}.`,
  commentsEnded: (day) => `Se recibieron comentarios hasta el ${day}.`,
  consultations: 'Consulta pública',
  commentOn: (number) => `Comentar el compromiso ${number}`,
  seeReceipt: 'Ver un recibo',
  comment: {
    title: 'Comentar este borrador',
    lead: 'Cualquier persona puede comentar. No hace falta una cuenta.',
    words: 'Su comentario',
    about: 'Sobre qué parte',
    whole: 'Todo el compromiso',
    name: 'Su nombre, si quiere que se muestre',
    law: 'Qué se guarda y qué puede pedir usted',
    consent: 'Acepto que mi comentario, y mi nombre si lo escribí, se guarden y se publiquen con este plan.',
    send: 'Enviar el comentario',
    follows: 'Alguien del plan lo lee antes de que se muestre. Usted recibe un código para ver qué se le respondió.',
    fault: 'Error',
    notTaken: 'Su comentario no se envió',
    noWords: 'Escriba su comentario.',
    tooLong: (most) => `El comentario puede tener hasta ${most} letras.`,
    noConsent: 'Para enviarlo hace falta que lo acepte.',
    early: 'La consulta todavía no se abre. Lo que escribió sigue aquí, pero aún no se puede enviar.',
    over: 'La consulta terminó. Lo que escribió sigue aquí, pero ya no se puede enviar.',
    tooMany: 'Desde esta conexión se enviaron muchos comentarios. Espere un rato y envíelo otra vez.',
    taken: 'Recibimos su comentario',
    takenText: (number) => `Es el aporte ${number} del plan. Este es su código:`,
    keep: 'Anótelo. Con él puede ver, sin cuenta, que su comentario está en el registro, si se muestra y qué se le respondió.',
    look: 'Ver el recibo',
  },
}

const en: ConsultationWords = {
  until: {
    gathering: (day) => `Contributions are taken until ${day}`,
    consultation: (day) => `The consultation is open until ${day}`,
  },
  commentsFrom: (day) => `Comments are taken from ${day} on.`,
  commentsUntil: (day) => `Comments are taken until ${day}.`,
  commentsEnded: (day) => `Comments were taken until ${day}.`,
  consultations: 'Public consultation',
  commentOn: (number) => `Comment on commitment ${number}`,
  seeReceipt: 'See a receipt',
  comment: {
    title: 'Comment on this draft',
    lead: 'Anybody may comment. You need no account.',
    words: 'Your comment',
    about: 'About which part',
    whole: 'The whole commitment',
    name: 'Your name, if you want it to be shown',
    law: 'What is kept, and what you can ask for',
    consent: 'I agree that my comment, and my name if I wrote it, are kept and published with this plan.',
    send: 'Send the comment',
    follows: 'Somebody of the plan reads it before it is shown. You get a code to see what was answered.',
    fault: 'Error',
    notTaken: 'Your comment was not sent',
    noWords: 'Write your comment.',
    tooLong: (most) => `The comment may have up to ${most} letters.`,
    noConsent: 'To send it you need to agree.',
    early: 'The consultation is not open yet. What you wrote is still here, but cannot be sent yet.',
    over: 'The consultation is over. What you wrote is still here, but cannot be sent any more.',
    tooMany: 'Many comments were sent from this connection. Wait a while and send it again.',
    taken: 'We received your comment',
    takenText: (number) => `It is contribution ${number} of the plan. This is your code:`,
    keep: 'Write it down. With it you see, without an account, that your comment is in the record, whether it is shown, and what was answered.',
    look: 'See the receipt',
  },
}

/** Words of consultations: until when one may say something, and how, by language. */
export const consultationWords: Record<WrittenLanguage, ConsultationWords> = { es, en }
