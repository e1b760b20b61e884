/** The house mark: people around a table, one of them speaking. */
export function Brand({ size = 30 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true">
      <circle cx="16" cy="16" r="6.5" fill="none" stroke="var(--cb-accent)" strokeWidth="2.5" />
      <g fill="var(--cb-accent)">
        <circle cx="16" cy="3.5" r="2.75" />
        <circle cx="27.9" cy="12.1" r="2.75" />
        <circle cx="23.3" cy="26.1" r="2.75" />
        <circle cx="8.7" cy="26.1" r="2.75" />
      </g>
      <circle cx="4.1" cy="12.1" r="2.75" fill="var(--cb-sector-civil_society)" />
    </svg>
  )
}
