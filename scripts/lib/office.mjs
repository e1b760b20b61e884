import { installOnDebian, ofMachine } from './programs.mjs'

const names = ['soffice', 'libreoffice']
const elsewhere = [
  '/Applications/LibreOffice.app/Contents/MacOS/soffice',
  'C:\\Program Files\\LibreOffice\\program\\soffice.com',
]

/** The path of a LibreOffice: SOFFICE_PATH, this machine's, or as root on Debian one that is installed. Undefined without one. */
export async function findOffice() {
  const { SOFFICE_PATH: given } = process.env
  if (given) return given
  const found = await ofMachine(names, elsewhere)
  if (found || !(await installOnDebian('libreoffice-writer-nogui', 'the tests of long runs'))) return found
  return ofMachine(names)
}
