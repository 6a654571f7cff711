import { Button, Popover, Select } from '@mantine/core'
import { IconFilterPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { RefObject } from 'react'
import { useRef, useState } from 'react'
import type { FieldNarrowing, NarrowedBy, PlanDetail, PlanFilter, ReviewScope } from '../../../../contract/shapes.ts'
import type { Raw } from '../../../../contract/states.ts'
import { client, engine } from '../../../app/client.ts'
import { saveExport } from '../../../app/shell-bridge.ts'
import { ExportButton } from '../../../shared/export-button.tsx'
import { formatNumber } from '../../../shared/format.ts'
import { ListedAnswerDialog } from '../answers/listed-answer-dialog.tsx'
import { narrowedSides, narrowedTo, sideWords, valueWords, widened } from './narrowing-words.ts'
import classes from '../review.module.css'
import type { PlanSearch } from './plan-search.ts'
import type { Answers } from '../answers/use-answers.ts'
import { useBulkPreview } from '../answers/use-bulk-preview.ts'
import { useFieldLabels } from './use-field-labels.ts'

type Props = { plan: PlanDetail; filter: PlanFilter; search: PlanSearch; answers: Answers; total: number | undefined; onOnly: (only: FieldNarrowing | undefined) => void }

/** What the list is narrowed to, each taken away by a press, and one answer for exactly what is left. */
export function NarrowingBar({ plan, filter, search, answers, total, onOnly }: Props) {
  const only = search.only ?? {}
  const chips = narrowedTo(only)
  const labels = useFieldLabels(plan, filter, only.field !== undefined)
  const add = useRef<HTMLButtonElement>(null)
  const [answering, setAnswering] = useState(false)
  const words = chips.map(({ by, value }) => `${sideWords(by, plan.destinationName)}: ${valueWords(by, value, plan, labels)}`)
  if (search.find !== undefined) words.push(`Found by “${search.find}”`)
  const find = search.find === undefined ? {} : { search: search.find }
  const scope: ReviewScope = { ...only, list: filter, ...find }
  const remove = (by: NarrowedBy) => {
    onOnly(widened(only, by))
    // The chip is gone; the focus stays where the next one is added.
    add.current?.focus()
  }
  return (
    <div className={classes['narrowing']} role="group" aria-label="What the list is narrowed to">
      {chips.map(({ by, value }, at) => (
        <button key={by} type="button" className={classes['chip']} aria-label={`Remove the filter ${words[at]}`} title={words[at]} onClick={() => remove(by)}>
          <span>
            {sideWords(by, plan.destinationName)} <b>{valueWords(by, value, plan, labels)}</b>
          </span>
          <IconX size={12} aria-hidden="true" />
        </button>
      ))}
      <AddNarrowing plan={plan} filter={filter} search={search} labels={labels} button={add} onOnly={onOnly} />
      {chips.length > 1 && (
        <Button variant="subtle" onClick={() => onOnly(undefined)}>
          Show all
        </Button>
      )}
      <span className={classes['grow']} />
      {total !== undefined && total > 0 && <ExportButton label="Export" make={() => client.plans.exportRows({ plan: plan.planId, filter, ...only, ...find })} save={saveExport} />}
      {chips.length > 0 && (
        <>
          <span aria-live="polite">{total === undefined ? '' : `${formatNumber(total)} listed`}</span>
          {answers.open && <AnswerListed plan={plan} scope={scope} onAnswer={() => setAnswering(true)} />}
        </>
      )}
      {answering && <ListedAnswerDialog plan={plan} answers={answers} scope={scope} words={words} onClose={() => setAnswering(false)} />}
    </div>
  )
}

/** How many of what is listed wait for an answer; nothing where none does. */
function AnswerListed({ plan, scope, onAnswer }: { plan: PlanDetail; scope: ReviewScope; onAnswer: () => void }) {
  const preview = useBulkPreview(plan, scope, 'destination')
  const count = preview.data?.answered ?? 0
  if (count === 0 || preview.isPlaceholderData) return null
  return <Button onClick={onAnswer}>Answer the {formatNumber(count)} open…</Button>
}

type AddProps = { plan: PlanDetail; filter: PlanFilter; search: PlanSearch; labels: Readonly<Record<string, string>>; button: RefObject<HTMLButtonElement | null>; onOnly: Props['onOnly'] }

/** Chooses a side, then one of the values that stand in the list, with how many rows each leaves. */
function AddNarrowing({ plan, filter, search, labels, button, onOnly }: AddProps) {
  const [open, setOpen] = useState(false)
  const [by, setBy] = useState<NarrowedBy>('changedBy')
  const { only, find } = search
  const choices = useQuery(engine.plans.narrowings.queryOptions({ input: { plan: plan.planId, filter, by, ...only, ...(find === undefined ? {} : { search: find }) }, enabled: open }))
  const values = choices.data ?? []
  const choose = (at: string | null) => {
    const chosen: Raw | undefined = at === null ? undefined : values[Number(at)]?.value
    if (chosen === undefined) return
    setOpen(false)
    onOnly({ ...only, [by]: chosen })
  }
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Button ref={button} variant="subtle" leftSection={<IconFilterPlus size={14} aria-hidden="true" />} aria-expanded={open} onClick={() => setOpen(!open)}>
          Filter
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes['narrow']} aria-label="Filter the list">
        <Select
          label="Filter by"
          data={narrowedSides.map((side) => ({ value: side, label: sideWords(side, plan.destinationName) }))}
          value={by}
          allowDeselect={false}
          comboboxProps={{ withinPortal: false }}
          onChange={(next) => setBy((next ?? by) as NarrowedBy)}
        />
        <Select
          key={by}
          label="Value"
          data-autofocus
          searchable
          maxDropdownHeight={200}
          placeholder={choices.isPending ? 'Counting…' : values.length === 0 ? 'Nothing to choose' : 'Choose'}
          data={values.map(({ value, label, count }, at) => ({ value: String(at), label: `${label ?? valueWords(by, value, plan, labels)} (${formatNumber(count)})` }))}
          value={null}
          error={choices.isError ? 'The values could not be read. Close this and try again.' : undefined}
          comboboxProps={{ withinPortal: false }}
          onChange={choose}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
