/**
 * What people agree to before they take part, as versioned data: the consent that is stored names the version. Panama's
 * Law 81 of 2019 asks for consent that is prior, informed, traceable and can be taken back.
 */
export const consentText = {
  version: '2026-11',
  es: [
    'Su nombre y su grupo se guardan con lo que usted escribe, para que se sepa quién aportó qué.',
    'Usted decide cómo aparece: con su nombre, solo con su grupo, o sin nombre. Puede cambiarlo hasta que se publique el plan.',
    'El texto que usted escribe es parte de un documento público y queda en el registro del plan.',
    'No pedimos correo ni cédula. Género y edad son opcionales y solo se muestran como totales.',
    'Usted puede ver, corregir, llevarse o pedir que se borren sus datos, y retirar este permiso cuando quiera. Responde la coordinación del plan.',
  ],
  en: [
    'Your name and your group are kept with what you write, so that it is known who contributed what.',
    'You decide how you appear: by name, by your group only, or without a name. You can change it until the plan is published.',
    'The text you write is part of a public document and stays in the record of the plan.',
    'We ask for neither e-mail nor identity number. Gender and age are optional and shown as totals only.',
    'You can see, correct, take with you or have erased what is about you, and take this permission back whenever you want. The coordination of the plan answers.',
  ],
} as const
