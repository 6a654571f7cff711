import { Select } from '@mantine/core'
import type { Criticality, SyncMode } from '../../../contract/definitions.ts'
import classes from './activations.module.css'
import { criticalityWords, modeWords, removes, removeWords } from './activation-words.ts'
import type { StepProps } from './step-props.ts'
import { ProblemList } from './problem-list.tsx'

const criticalities = Object.keys(criticalityWords) as Criticality[]

/** What may be created, updated and removed. */
export function ModeStep({ activation, onChange, problems }: StepProps) {
  const setMode = (mode: SyncMode) => {
    const { onRemove, ...rest } = activation
    onChange({ ...rest, mode, ...(removes(mode) && onRemove !== undefined ? { onRemove } : {}) })
  }
  return (
    <div className={classes['body']}>
      <div className={classes['form']}>
        <fieldset className={classes['choices']}>
          <legend>What may it do?</legend>
          {modesFor(activation.mode).map((mode) => (
            <label key={mode} className={`surface ${classes['choice']}`} data-checked={activation.mode === mode || undefined}>
              <input type="radio" name="mode" checked={activation.mode === mode} onChange={() => setMode(mode)} />
              <span className={classes['choiceText']}>
                <strong>{modeWords[mode].title}</strong>
                <span>{modeWords[mode].means}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <ProblemList problems={problems} />
        {removes(activation.mode) && (
          <Select
            label="When somebody leaves the audience"
            description="Removals are never preselected: a person selects them in Review"
            placeholder="Choose what happens"
            data={Object.entries(removeWords).map(([value, label]) => ({ value, label }))}
            value={activation.onRemove ?? null}
            onChange={(chosen) => (chosen === 'clear fields' || chosen === 'archive' || chosen === 'delete') && onChange({ ...activation, onRemove: chosen })}
          />
        )}
        <Select
          label="Where nobody answered a conflict"
          description="In runs without a person; in Review every conflict gets an answer"
          data={[
            { value: 'skip record', label: 'Leave that person out and go on' },
            { value: 'hold run', label: 'Hold the whole run' },
          ]}
          value={activation.onConflict}
          onChange={(chosen) => (chosen === 'skip record' || chosen === 'hold run') && onChange({ ...activation, onConflict: chosen })}
        />
        <Select
          label="When several wait for the same system"
          description="Its limits are shared by all activations; a fraud signal should never wait behind a newsletter"
          data={criticalities.map((value) => ({ value, label: `${criticalityWords[value].title}: ${criticalityWords[value].means}` }))}
          value={activation.criticality}
          onChange={(chosen) => onChange({ ...activation, criticality: criticalities.find((one) => one === chosen) ?? activation.criticality })}
        />
      </div>
    </div>
  )
}

/** A list takes members and nothing else; what is written was chosen with the destination. */
function modesFor(chosen: SyncMode): SyncMode[] {
  return (Object.keys(modeWords) as SyncMode[]).filter((mode) => (mode === 'members') === (chosen === 'members'))
}
