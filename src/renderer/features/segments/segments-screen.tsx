import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { SegmentDefinition } from '../../../contract/definitions.ts'
import type { DefinitionEntry } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ProblemFiles } from '../../app/problem-files.tsx'
import { useUnsaved } from '../../app/use-definition-draft.ts'
import { useLiveCount } from '../../app/use-live-count.ts'
import { useDefinitions, useProduct } from '../../app/use-product.ts'
import { Entry, EntryList, EntryText } from '../../shared/entry-list.tsx'
import { sentenceOf } from '../../shared/filter-builder/sentence.ts'
import { Sentence } from '../../shared/filter-builder/sentence-view.tsx'
import { formatNumber, formatShare } from '../../shared/format.ts'
import { Page } from '../../shared/page.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { useNow, useZone } from '../../shared/when.tsx'
import classes from './segments.module.css'

/** All segments, each as the sentence it is. */
export function SegmentsScreen() {
  const segments = useDefinitions('segment')
  const products = useDefinitions('product')
  const unsaved = useUnsaved('segment')
  const navigate = useNavigate()
  const product = products[0]?.id
  const create = product === undefined ? undefined : () => void navigate({ to: '/segments/new' })
  return (
    <Page
      title="Segments"
      context={segments.length === 0 ? undefined : `${formatNumber(segments.length)} in this workspace`}
      actions={
        <Button variant="filled" disabled={create === undefined} onClick={create}>
          {unsaved.includes('') ? 'Go on with the new segment' : 'New segment'}
        </Button>
      }
      scroll
    >
      <ProblemFiles kind="segment" />
      {segments.length === 0 ? (
        <EmptyState action={create === undefined ? undefined : <Button onClick={create}>Make the first segment</Button>}>
          {create === undefined ? 'A segment chooses people from a data product; add a data product first.' : 'A segment chooses who is meant, by pointing and clicking.'}
        </EmptyState>
      ) : (
        <EntryList label="Segments">
          {segments.map((segment) => (
            <SegmentRow key={segment.id} entry={segment} unsaved={unsaved.includes(segment.id)} />
          ))}
        </EntryList>
      )}
    </Page>
  )
}

function SegmentRow({ entry, unsaved }: { entry: DefinitionEntry; unsaved: boolean }) {
  const document = useQuery(engine.definitions.read.queryOptions({ input: { kind: 'segment', id: entry.id } }))
  const segment = document.data?.value as SegmentDefinition | undefined
  return (
    <Entry>
      <EntryText
        name={
          <Link to="/segments/$segment" params={{ segment: entry.id }}>
            {entry.name}
          </Link>
        }
        beside={unsaved && <StatusWord meaning="needs you">Unsaved changes</StatusWord>}
      >
        {segment === undefined ? <p>{document.data?.problems[0] && <StatusWord meaning="problem">{document.data.problems[0].message}</StatusWord>}</p> : <RowSentence segment={segment} />}
      </EntryText>
      {segment !== undefined && <RowCount segment={segment} />}
    </Entry>
  )
}

function RowSentence({ segment }: { segment: SegmentDefinition }) {
  const { product } = useProduct(segment.product)
  const zone = useZone()
  const now = useNow()
  return (
    <p>
      <Sentence words={sentenceOf(segment.filter, { today: now, zone })} />
      <span className={classes['from']}>
        {' '}
        · from {product?.name ?? segment.product}
        {segment.owner === undefined ? '' : ` · ${segment.owner}`}
      </span>
    </p>
  )
}

function RowCount({ segment }: { segment: SegmentDefinition }) {
  const { count, error } = useLiveCount(segment.product, segment.filter)
  if (error !== null) return <StatusWord meaning="problem">Could not be counted</StatusWord>
  if (count === undefined) return <span className={classes['count']} />
  return (
    <span className={classes['count']}>
      <strong>{formatNumber(count.inSegment)}</strong>
      <small>
        of {formatNumber(count.total)}, {formatShare(count.inSegment, count.total)}
      </small>
    </span>
  )
}
