declare module 'subset-font' {
  /** Cuts a font down to the letters of `text`; a variation axis to a range. */
  export default function subsetFont(
    font: Uint8Array,
    text: string,
    options: { targetFormat: 'woff2'; variationAxes: Record<string, { min: number; max: number }> },
  ): Promise<Uint8Array>
}
