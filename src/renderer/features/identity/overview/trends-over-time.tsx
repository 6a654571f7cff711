import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { IdentityDefinition } from '../../../../contract/identity.ts'
import { engine } from '../../../app/client.ts'
import { ErrorNotice } from '../../../shared/error-notice.tsx'
import { Loading } from '../../../shared/loading.tsx'
import { Section } from '../../../shared/page.tsx'
import { useShortcuts } from '../../../shared/use-shortcuts.ts'
import { When } from '../../../shared/when.tsx'
import { ofWords, shareWords } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'
import overviewClasses from './overview.module.css'
import { TrendChart } from './trend-chart.tsx'
import type { Trend } from './trend-figures.ts'
import { trends } from './trend-figures.ts'

/** The figures of every run, as small charts; T or the button shows the numbers behind them. */
export function TrendsOverTime({ identity }: { identity: string }) {
  const history = useQuery(engine.identity.history.queryOptions({ input: { identity } }))
  const definition = useQuery(engine.definitions.read.queryOptions({ input: { kind: 'identity', id: identity } }))
  const [asTable, setAsTable] = useState(false)
  useShortcuts({ t: () => setAsTable((before) => !before) })
  if (history.isError) return <ErrorNotice error={history.error} action={<Button onClick={() => void history.refetch()}>Try again</Button>} />
  const drawn = history.data === undefined ? undefined : trends(history.data, (definition.data?.value as IdentityDefinition | undefined)?.thresholds)
  return (
    <Section
      title="Over time"
      aside={
        <Button variant="subtle" size="xs" aria-pressed={asTable} onClick={() => setAsTable(!asTable)} rightSection={<kbd>T</kbd>}>
          {asTable ? 'Show as charts' : 'Show as a table'}
        </Button>
      }
    >
      {drawn === undefined ? (
        <Loading label="Reading the runs before" rows={3} />
      ) : asTable ? (
        <TrendTable trends={drawn} />
      ) : (
        <div className={overviewClasses['charts']}>
          {drawn.map((trend) => (
            <TrendChart key={trend.id} trend={trend} />
          ))}
        </div>
      )}
    </Section>
  )
}

function TrendTable({ trends: drawn }: { trends: readonly Trend[] }) {
  const runs = drawn[0]?.points.toReversed() ?? []
  return (
    <div className={`surface ${overviewClasses['tableScroll']}`} role="region" aria-label="Figures of every run" tabIndex={0}>
      <table className={overviewClasses['table']}>
        <thead>
          <tr>
            <th scope="col">Run</th>
            {drawn.map(({ id, title }) => (
              <th key={id} scope="col" data-align="end">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map(({ run, at }) => (
            <tr key={run}>
              <th scope="row">
                <When at={at} />
              </th>
              {drawn.map(({ id, points }) => {
                const ratio = points.find((point) => point.run === run)?.ratio
                return (
                  <td key={id} data-align="end">
                    {ratio === undefined ? '—' : shareWords(ratio)} <span className={classes['quiet']}>{ratio === undefined ? '' : ofWords(ratio)}</span>
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
