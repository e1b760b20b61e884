import classes from './inputs.module.css'

interface OptionProps extends Omit<React.ComponentProps<'input'>, 'children'> {
  type: 'radio' | 'checkbox'
  label: string
}

/** A choice with its words, as large as a thumb. */
export function Option({ label, ...input }: OptionProps) {
  return (
    <label className={classes.option}>
      <input {...input} />
      <span>{label}</span>
    </label>
  )
}
