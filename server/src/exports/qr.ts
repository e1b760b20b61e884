import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'

/** Empty squares around the code, without which cameras do not find it (ISO/IEC 18004 asks for four). */
const quiet = 4

/** An address as a QR code: an SVG that names nothing and holds black squares alone. */
export function qrSvg(address: string): string {
  const code = generate(address)
  const size = code.size + 2 * quiet
  const place = `${-quiet} ${-quiet} ${size} ${size}`
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${place}" shape-rendering="crispEdges"><path d="${toSvgPath(code)}"/></svg>`
}
