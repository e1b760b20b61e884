import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './record-help.module.css'

/** Middles of the three entries, across. */
const middles = [52, 160, 268] as const

/**
 * The record as a drawing: at the bottom entries in a chain, above them their hashes joined to one root, which is signed
 * and kept by witnesses. The numbers are those of the list beside it.
 */
export function RecordDrawing() {
  const { t } = useTranslation('record')
  const head = useId()
  const [one, two, three] = middles
  return (
    <svg viewBox="0 0 320 372" className={classes.drawing} role="img" aria-label={t('help.drawing')}>
      <defs>
        <marker id={head} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 L8 4 L0 8 Z" className={classes.seal} />
        </marker>
      </defs>

      {/* What joins the tree, behind its nodes. */}
      <path className={classes.line} d={`M${one} 236 L106 186 L${two} 236 M106 186 L160 128 L214 186 L${three} 236`} />
      {/* The root goes to the signature and on to the witnesses. */}
      <path className={classes.line} d="M160 112 V64" />
      <path className={classes.line} strokeDasharray="4 4" d="M200 44 H226" />

      <rect className={classes.seal} x="100" y="22" width="100" height="44" rx="22" />
      <text x="150" y="49" className={classes.onSeal}>
        {t('help.draw.signature')}
      </text>
      <Numbered number={3} x={84} y={44} />
      <rect className={classes.box} x="226" y="12" width="88" height="64" rx="10" strokeDasharray="4 4" />
      <path className={classes.arrow} d="M254 34 q16 -14 32 0 q-16 14 -32 0 Z" />
      <circle className={classes.seal} cx="270" cy="34" r="4" />
      <text x="270" y="66">
        {t('help.draw.witnesses')}
      </text>
      <Numbered number={4} x={226} y={90} />

      <rect className={classes.print} x="118" y="106" width="84" height="32" rx="8" />
      <text x="160" y="127" className={classes.strong}>
        {t('help.draw.root')}
      </text>
      {[106, 214].map((x) => (
        <circle key={x} className={classes.print} cx={x} cy="186" r="12" />
      ))}
      <Numbered number={2} x={78} y={172} />

      {middles.map((x) => (
        <circle key={x} className={classes.print} cx={x} cy="236" r="12" />
      ))}
      <path className={classes.line} d={`M${one} 248 V272 M${two} 248 V272 M${three} 248 V272`} />
      {[t('help.draw.one'), t('help.draw.two'), t('help.draw.three')].map((words, place) => {
        const x = middles[place] ?? 0
        return (
          <g key={x}>
            <rect className={classes.box} x={x - 46} y="272" width="92" height="44" rx="8" />
            <text x={x} y="299">
              {words}
            </text>
          </g>
        )
      })}
      <path className={classes.arrow} markerEnd={`url(#${head})`} d="M268 318 C268 340 160 340 160 319" />
      <path className={classes.arrow} markerEnd={`url(#${head})`} d="M160 318 C160 340 52 340 52 319" />
      <Numbered number={1} x={14} y={356} />
      <text x="168" y="361" className={classes.soft}>
        {t('help.draw.chain')}
      </text>
    </svg>
  )
}

/** The number that leads from the drawing to the words. */
function Numbered({ number, x, y }: { number: number; x: number; y: number }) {
  return (
    <>
      <circle className={classes.number} cx={x} cy={y} r="11" />
      <text x={x} y={y + 5} className={classes.onSeal}>
        {number}
      </text>
    </>
  )
}
