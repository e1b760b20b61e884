import { useId } from 'react'
import classes from './choices.module.css'

interface ChoicesProps<Value extends string> {
  label: React.ReactNode
  help?: React.ReactNode
  name: string
  options: readonly { value: Value; label: React.ReactNode }[]
  chosen: Value | undefined
  onChoose: (value: Value) => void
  fault?: string | undefined
}

/** One of a few, each as large as a thumb. */
export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const { label, help, name, options, chosen, onChoose, fault } = props
  const id = useId()
  const told = [help && `${id}-help`, fault && `${id}-fault`].filter(Boolean).join(' ')
  return (
    <fieldset className={classes.choices} aria-describedby={told || undefined}>
      <legend>{label}</legend>
      {help && <p id={`${id}-help`}>{help}</p>}
      {fault && (
        <p id={`${id}-fault`} className={classes.fault}>
          {fault}
        </p>
      )}
      <div className={classes.options}>
        {options.map((option) => (
          <label key={option.value} className={classes.option}>
            <input
              type="radio"
              name={`${id}-${name}`}
              value={option.value}
              checked={chosen === option.value}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
