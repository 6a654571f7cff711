import { IconCheck } from '@tabler/icons-react'
import { useId } from 'react'
import classes from '../frame/rules.module.css'

/** Some of the keys, each switched on and off by a press. They stay in the order in which they were chosen. */
export function KeyChoice({ label, keys, chosen, problem, onChange }: { label: string; keys: readonly string[]; chosen: readonly string[]; problem: string | undefined; onChange: (chosen: string[]) => void }) {
  const id = useId()
  const toggle = (key: string) => onChange(chosen.includes(key) ? chosen.filter((other) => other !== key) : [...chosen, key])
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={problem === undefined ? undefined : `${id}-problem`}>
      <p id={`${id}-label`} className={classes['choiceLabel']}>
        {label}
      </p>
      <div className={classes['choices']}>
        {[...new Set([...keys, ...chosen])].map((key) => (
          <button key={key} type="button" className={classes['choice']} aria-pressed={chosen.includes(key)} onClick={() => toggle(key)}>
            {chosen.includes(key) && <IconCheck size={13} stroke={2.2} aria-hidden="true" />}
            {key}
          </button>
        ))}
      </div>
      {problem !== undefined && (
        <p id={`${id}-problem`} className={classes['problem']}>
          {problem}
        </p>
      )}
    </div>
  )
}
