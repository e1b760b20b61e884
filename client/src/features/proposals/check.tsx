import classes from './proposals.module.css'

interface CheckProps {
  label: string
  checked: boolean
  onChange: (checked: boolean) => void
}

/** A switch with its word, large enough for a finger. */
export function Check({ label, checked, onChange }: CheckProps) {
  return (
    <label className={classes.check}>
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  )
}
