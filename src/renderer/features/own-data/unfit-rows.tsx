import type { InspectedFile, UnfitColumn } from '../../../contract/shapes.ts'
import { formatNumber, plural } from '../../shared/format.ts'
import { ChoiceList } from './choice-list.tsx'
import classes from './own-data.module.css'
import { withType } from './use-choices.ts'
import type { ChoiceHistory } from './use-choices.ts'

/** The rows that one column does not take, by their lines, and what is to become of them. */
export function UnfitRows({ file, unfit, history }: { file: InspectedFile; unfit: UnfitColumn; history: ChoiceHistory }) {
  const { options } = history.choices
  const more = unfit.rows - unfit.lines.length
  return (
    <>
      <table>
        <thead>
          <tr>
            <th scope="col">Line</th>
            <th scope="col">{file.key?.column ?? 'Key'}</th>
            <th scope="col">In the file</th>
          </tr>
        </thead>
        <tbody>
          {unfit.lines.map((line) => (
            <tr key={line.line}>
              <td>{formatNumber(line.line)}</td>
              <td title={line.key ?? undefined}>{line.key ?? <span className={classes['quiet']}>empty</span>}</td>
              <td className={classes['unfit']} title={line.text}>
                {line.text}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more > 0 && <p>and {plural(more, { one: 'more row', many: 'more rows' })}</p>}
      {unfit.tooMany && <p>These are too many different texts to decide about. Load the column as text, or correct the file.</p>}
      <ChoiceList
        label={`What becomes of rows that do not fit ${unfit.column}`}
        value={unfit.tooMany ? undefined : (options.unfit?.[unfit.column] ?? unfit.choice)}
        offers={[
          { value: 'text' as const, words: `Load ${unfit.column} as text`, effect: `${formatNumber(unfit.rows)} load` },
          ...(unfit.tooMany
            ? []
            : [
                { value: 'empty' as const, words: `Leave ${unfit.column} empty in ${unfit.rows === 1 ? 'this row' : 'these rows'}`, effect: `${formatNumber(unfit.rows)} load` },
                { value: 'block' as const, words: `Block ${unfit.rows === 1 ? 'this row, and list it' : 'these rows, and list them'}`, effect: `${formatNumber(unfit.rows)} blocked` },
              ]),
        ]}
        onChange={(choice) =>
          choice === 'text'
            ? history.set(unfit.column, withType(options, unfit.column, 'VARCHAR'))
            : history.set(unfit.column, { unfit: { ...options.unfit, [unfit.column]: choice } })
        }
      />
    </>
  )
}
