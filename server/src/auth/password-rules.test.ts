import { expect, test } from 'vitest'
import { weakness } from './password-rules.ts'

const yadira = { name: 'Yadira Moreno', email: 'sociedad@kernelpanama.org' }

test.each([
  ['once letras', 'too_short'],
  ['👩‍🌾🌽🌽', 'too_short'],
  ['aaaaaaaaaaaaaaaa', 'pattern'],
  ['abababababababab', 'pattern'],
  ['lluvia9lluvia9lluvia9', 'pattern'],
  ['123456789012', 'pattern'],
  ['abcdefghijklm', 'pattern'],
  ['zyxwvutsrqpo', 'pattern'],
  ['qwertyuiopasdf', 'pattern'],
  ['1qaz2wsx3edc', 'pattern'],
  ['cabildo-2026', 'about_you'],
  ['Cabildo123456789', 'about_you'],
  ['Municipio de Chepo 2026', 'about_you'],
  ['panamápanamá', 'pattern'],
  ['YadiraMoreno1987', 'about_you'],
  ['moreno.yadira!', 'about_you'],
  ['sociedad-kernel', 'about_you'],
  ['contraseña123', 'common'],
  ['C0ntr4s3ñ4 2025', 'common'],
  ['TeQuieroMucho!!', 'common'],
  ['iloveyouforever', 'common'],
  ['P@ssw0rdP@ssw0rd', 'pattern'],
  ['passwordPASSWORD1', 'common'],
  ['correct horse battery staple', 'common'],
  ['diosesamor2020', 'common'],
])('%s is too easy to guess: %s', (password, why) => {
  expect(weakness(password, yadira)).toBe(why)
})

test.each([
  'tres palabras sin orden',
  'la yegua come pixbae de noche',
  'x7#Kq2!mV9$z',
  'un techo para la escuela de Unión Chocó',
  'correo caballo grapa',
  'Cabildo pero con mucho más texto detrás',
  '中文密码也可以这样长一点的',
  'мой пароль длинный',
])('%s will do', (password) => {
  expect(weakness(password, yadira)).toBe(undefined)
})

test('who has no address and a name of one letter is judged by the rest', () => {
  expect(weakness('tres palabras sin orden', { name: 'Z', email: null })).toBe(undefined)
})
