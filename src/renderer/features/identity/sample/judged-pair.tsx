import { Button } from '@mantine/core'
import type { PairVerdict, SampledPair } from '../../../../contract/shapes.ts'
import { StatusWord } from '../../../shared/status-word.tsx'
import { useShortcuts } from '../../../shared/use-shortcuts.ts'
import classes from '../frame/identity.module.css'
import personClasses from '../records/person.module.css'
import { RecordsSideBySide } from '../records/records-side-by-side.tsx'

const verdicts: readonly { verdict: PairVerdict; key: string; words: string }[] = [
  { verdict: 'same', key: '1', words: 'The same person' },
  { verdict: 'different', key: '2', words: 'Different people' },
  { verdict: 'cannot say', key: '3', words: 'Cannot say' },
]

type JudgedPairProps = { identity: string; pair: SampledPair; busy: boolean; onVerdict: (verdict: PairVerdict) => void; onMove: (step: number) => void }

/** Two records that a rule joined, and the three answers: by button or by the keys 1, 2 and 3. */
export function JudgedPair({ identity, pair, busy, onVerdict, onMove }: JudgedPairProps) {
  useShortcuts({ j: () => onMove(1), k: () => onMove(-1), ...Object.fromEntries(verdicts.map(({ key, verdict }) => [key, () => onVerdict(verdict)])) })
  return (
    <section className={personClasses['pairCard']} aria-label="Are these one person?">
      <h2>Are these one person?</h2>
      <p className={classes['quiet']}>
        The rule “{pair.rule}” joined them.{' '}
        {pair.verdict !== undefined && (
          <StatusWord meaning="quiet" chip>
            {`${verdicts.find(({ verdict }) => verdict === pair.verdict)?.words ?? ''}${pair.by === undefined ? '' : `, said ${pair.by}`}`}
          </StatusWord>
        )}
      </p>
      <RecordsSideBySide label="Both records" records={[pair.one, pair.other]} identity={identity} />
      <div className={classes['actions']}>
        {verdicts.map(({ verdict, key, words }) => (
          <Button key={verdict} variant={pair.verdict === verdict ? 'outline' : 'default'} aria-pressed={pair.verdict === verdict} disabled={busy} onClick={() => onVerdict(verdict)} rightSection={<kbd>{key}</kbd>}>
            {words}
          </Button>
        ))}
        <span className={classes['grow']} />
        <span className={classes['keysHint']}>
          <kbd>J</kbd> <kbd>K</kbd> next, previous
        </span>
      </div>
    </section>
  )
}
