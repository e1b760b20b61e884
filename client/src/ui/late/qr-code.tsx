import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import { useMemo } from 'react'
import classes from './qr-code.module.css'

/** Empty squares around the code, without which cameras do not find it (ISO/IEC 18004 asks for four). */
const quiet = 4

interface QrCodeProps {
  text: string
  label: string
  /** As wide as there is room for, for a text so long that its squares would be too small. */
  wide?: boolean
}

/** A text as a QR code that cameras read in either theme and on paper. `label` says what it is to who cannot see it. */
export function QrCode({ text, label, wide = false }: QrCodeProps) {
  const code = useMemo(() => generate(text), [text])
  const size = code.size + 2 * quiet
  return (
    <svg
      className={wide ? classes.wide : classes.code}
      viewBox={`${-quiet} ${-quiet} ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <path className={classes.ground} d={`M${-quiet} ${-quiet}h${size}v${size}h${-size}z`} />
      <path className={classes.squares} d={toSvgPath(code)} />
    </svg>
  )
}
