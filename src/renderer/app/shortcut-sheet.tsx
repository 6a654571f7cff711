import { Modal } from '@mantine/core'
import { create } from 'zustand'
import { usePreferences } from '../shared/preferences.ts'
import { modKey } from '../shared/use-shortcuts.ts'
import classes from './overlays.module.css'

export const useShortcutSheet = create<{ open: boolean }>(() => ({ open: false }))

type Entry = { keys: readonly string[]; words: string }
const groups: readonly { title: string; single?: boolean; entries: readonly Entry[] }[] = [
  {
    title: 'Everywhere',
    entries: [
      { keys: [`${modKey} K`], words: 'Command palette' },
      { keys: [`${modKey} ,`], words: 'Settings' },
      { keys: ['?'], words: 'This list' },
    ],
  },
  {
    title: 'Review',
    entries: [
      { keys: ['J', 'K'], words: 'Next, previous row' },
      { keys: ['A'], words: 'Take the warehouse' },
      { keys: ['S'], words: 'Keep the destination' },
      { keys: ['E'], words: 'Edit the value' },
      { keys: [`${modKey} Z`], words: 'Take the last answer back' },
      { keys: [`${modKey} Enter`], words: 'Apply, after a look at what happens' },
    ],
  },
  {
    title: 'Identity',
    entries: [
      { keys: ['J', 'K'], words: 'Next, previous case or pair' },
      { keys: ['L'], words: 'Link: they are one person' },
      { keys: ['N'], words: 'Never the same' },
      { keys: ['S'], words: 'Split: different people' },
      { keys: ['F'], words: 'Fix at the source' },
      { keys: [`${modKey} Z`], words: 'Take the last decision back' },
      { keys: ['1', '2', '3'], words: 'Sample: same person, different people, cannot say' },
      { keys: ['T'], words: 'Overview: the figures over time as a table' },
    ],
  },
  {
    title: 'Tables',
    entries: [
      { keys: ['↑', '↓'], words: 'Move by a row; above the first are the headers' },
      { keys: ['Page Up', 'Page Down'], words: 'Move by a page' },
      { keys: ['Home', 'End'], words: 'First, last row' },
      { keys: ['←', '→'], words: 'Cells of the row; on a header the one beside it' },
      { keys: ['Shift ↑', 'Shift ↓'], words: 'Mark several rows' },
      { keys: ['Shift ←', 'Shift →'], words: 'On a header: narrower, wider' },
      { keys: [`${modKey} C`], words: 'Copy the marked cell or rows' },
      { keys: ['Space'], words: 'Tick the marked rows' },
      { keys: ['Enter'], words: 'Open the marked row, sort by the marked header' },
    ],
  },
]

/** Every key, on one sheet. */
export function ShortcutSheet() {
  const open = useShortcutSheet((state) => state.open)
  const singleKeys = usePreferences((state) => state.singleKeys)
  return (
    <Modal opened={open} onClose={() => useShortcutSheet.setState({ open: false })} title="Keyboard" size={640} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={classes['sheet']}>
        {groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.entries.map((entry) => (
                <div key={entry.words}>
                  <dt>
                    {entry.keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{entry.words}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes['hint']}>{singleKeys ? 'Single keys work outside of text fields; they can be switched off in Settings.' : 'Single keys are switched off in Settings.'}</p>
    </Modal>
  )
}
