import classes from './inputs.module.css'

interface OptionProps extends Omit<React.ComponentProps<'input'>, 'children' | 'ref'> {
  type: 'radio' | 'checkbox'
  label: string
  /** Some of what it stands for is chosen. */
  partly?: boolean
}

/** A choice with its words, as large as a thumb. */
export function Option({ label, partly = false, ...input }: OptionProps) {
  return (
    <label className={classes.option}>
      <input
        ref={(element) => {
          // HTML has no attribute for it.
          if (element) element.indeterminate = partly
        }}
        {...input}
      />
      <span>{label}</span>
    </label>
  )
}
