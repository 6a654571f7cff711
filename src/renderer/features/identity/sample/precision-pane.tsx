import type { JudgedShare, Precision } from '../../../../contract/shapes.ts'
import { formatNumber, plural } from '../../../shared/format.ts'
import { precisionWords, wholePercent } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import personClasses from '../records/person.module.css'

/** What the judged pairs say about the rules: over all, then rule by rule, each with its interval. */
export function PrecisionPane({ precision }: { precision: Precision }) {
  const { overall, rules, drawn, judged } = precision
  return (
    <>
      <section className={classes['caseHead']} aria-label="Over all rules">
        <h2>How right the rules are</h2>
        <p className={classes['figure']}>{overall.value === null ? '—' : wholePercent(overall.value)}</p>
        <Interval share={overall} />
        <p aria-live="polite">{precisionWords(overall)}</p>
        <p className={classes['quiet']}>
          {formatNumber(judged)} of {plural(drawn, { one: 'pair', many: 'pairs' })} were judged; rules that join more pairs weigh more. “Cannot say” counts for neither side.
        </p>
      </section>
      <section className={classes['block']}>
        <h3>Rule by rule</h3>
        <ul className={personClasses['judgedRules']}>
          {rules.map((rule) => (
            <li key={rule.rule}>
              <p>
                <b>{rule.rule}</b> <span className={classes['quiet']}>{plural(rule.pairs, { one: 'pair joined', many: 'pairs joined' })}</span>
              </p>
              <Interval share={rule} />
              <p className={classes['quiet']}>{precisionWords(rule)}</p>
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** Where the true share likely lies, between none and all. */
function Interval({ share }: { share: JudgedShare }) {
  if (share.value === null || share.low === null || share.high === null) return null
  return (
    <div className={personClasses['interval']} aria-hidden="true" style={{ '--low': String(share.low), '--high': String(share.high), '--value': String(share.value) }}>
      <i />
      <b />
    </div>
  )
}
