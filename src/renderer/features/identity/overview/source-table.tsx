import type { IdentitySource } from '../../../../contract/shapes.ts'
import { formatNumber } from '../../../shared/format.ts'
import { When } from '../../../shared/when.tsx'
import { ofWords, readWords, shareWords } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import overviewClasses from './overview.module.css'

/** Every source of records: how many, how many twice, how many without a key, and when and how they were read. */
export function SourceTable({ sources }: { sources: readonly IdentitySource[] }) {
  return (
    <div className={`surface ${overviewClasses['tableScroll']}`} role="region" aria-label="Sources" tabIndex={0}>
      <table className={overviewClasses['table']}>
        <thead>
          <tr>
            <th scope="col">Source</th>
            <th scope="col" data-align="end">
              Records
            </th>
            <th scope="col" data-align="end">
              Duplicates
            </th>
            <th scope="col" data-align="end">
              No usable key
            </th>
            <th scope="col">Read</th>
            <th scope="col">How</th>
          </tr>
        </thead>
        <tbody>
          {sources.map((source) => (
            <tr key={source.source}>
              <th scope="row">
                {source.name} <span className={classes['quiet']}>{source.kind === 'product' ? 'data product' : 'destination'}</span>
              </th>
              <td data-align="end">{formatNumber(source.records)}</td>
              <td data-align="end" title={ofWords(source.duplication)}>
                {formatNumber(source.duplication.numerator)} <span className={classes['quiet']}>{shareWords(source.duplication)}</span>
              </td>
              <td data-align="end" title={ofWords(source.invalid)}>
                {formatNumber(source.invalid.numerator)} <span className={classes['quiet']}>{shareWords(source.invalid)}</span>
              </td>
              <td>{source.readAt === undefined ? '—' : <When at={source.readAt} />}</td>
              <td className={overviewClasses['how']}>{readWords(source.how)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
