import { Button, Select, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { SegmentDefinition } from '../../../contract/definitions.ts'
import { engine } from '../../app/client.ts'
import { FilterEditor } from '../../app/filter-editor.tsx'
import { EditorNotices, NothingToEdit } from '../../app/definition-screen.tsx'
import { RemoveDefinition } from '../../app/remove-definition.tsx'
import { useDefinitionDraft } from '../../app/use-definition-draft.ts'
import { useLiveCount } from '../../app/use-live-count.ts'
import { useDefinitions, useProduct } from '../../app/use-product.ts'
import { identifierFrom } from '../../shared/definition-draft/identifier.ts'
import { SaveActions } from '../../shared/definition-draft/save-actions.tsx'
import { ErrorNotice } from '../../shared/error-notice.tsx'
import { sentenceOf } from '../../shared/filter-builder/sentence.ts'
import { Sentence } from '../../shared/filter-builder/sentence-view.tsx'
import { Loading } from '../../shared/loading.tsx'
import { Page } from '../../shared/page.tsx'
import { SplitPane } from '../../shared/split-pane.tsx'
import { useNow, useZone } from '../../shared/when.tsx'
import { SampleRows } from './sample-rows.tsx'
import { SegmentDetail } from './segment-detail.tsx'
import classes from './segments.module.css'

/** One segment: its conditions, live counts, sample rows, and why somebody is in or out. */
export function SegmentScreen({ id }: { id: string | undefined }) {
  const product = useDefinitions('product')[0]?.id
  const fresh = useMemo(() => (product === undefined ? undefined : emptySegment(product)), [product])
  const editor = useDefinitionDraft<SegmentDefinition>('segment', id, fresh)
  const taken = useDefinitions('segment').map((entry) => entry.id)
  const navigate = useNavigate()
  const usedBy = useUsers(id)
  const { draft } = editor
  if (draft === undefined) return <NothingToEdit editor={editor} noun="segment" all={<Link to="/segments">All segments</Link>} action={<Button onClick={() => void navigate({ to: '/segments' })}>Go to segments</Button>} />
  const save = async () => {
    const saved = await editor.save(id ?? identifierFrom(draft.value.name, taken))
    if (saved !== undefined && id === undefined) void navigate({ to: '/segments/$segment', params: { segment: saved.id }, replace: true })
  }
  const discard = () => {
    editor.discard()
    if (id === undefined) void navigate({ to: '/segments' })
  }
  return (
    <Page
      title={draft.value.name}
      context={<Link to="/segments">All segments</Link>}
      actions={
        <>
          <SaveActions changed={editor.changed} saving={editor.saving} isNew={id === undefined} blocked={draft.value.name.trim() === '' ? 'Give the segment a name first' : undefined} onSave={() => void save()} onDiscard={discard} />
          <RemoveDefinition editor={editor} noun="segment" name={draft.value.name} usedBy={usedBy} onRemoved={() => void navigate({ to: '/segments' })} />
        </>
      }
    >
      <EditorNotices editor={editor} draft={draft} />
      <SegmentBody segment={draft.value} onChange={editor.set} />
    </Page>
  )
}

/** Names of the activations that send this segment. */
function useUsers(id: string | undefined): string[] {
  const activations = useQuery(engine.activations.list.queryOptions())
  return (activations.data ?? []).filter((activation) => activation.segment === id && id !== undefined).map((activation) => activation.name)
}

/** A segment of everybody, to begin with. */
function emptySegment(product: string): SegmentDefinition {
  return { name: 'New segment', product, filter: { all: [] } }
}

function SegmentBody({ segment, onChange }: { segment: SegmentDefinition; onChange: (segment: SegmentDefinition) => void }) {
  const { product, columns, reading, error } = useProduct(segment.product)
  const live = useLiveCount(segment.product, segment.filter, product !== undefined)
  const zone = useZone()
  const now = useNow()
  return (
    <SplitPane name="segment" initial={340} label="Count and explanation" detail={<SegmentDetail segment={segment} product={product} live={live} />}>
      <div className={classes['scroll']}>
        <SegmentAbout segment={segment} onChange={onChange} />
        <p className={classes['sentence']} aria-live="polite">
          {product?.name ?? segment.product}: <Sentence words={sentenceOf(segment.filter, { today: now, zone })} />
        </p>
        {error !== null && <ErrorNotice error={error} />}
        {reading && <Loading label="Reading the columns" rows={4} />}
        {product !== undefined && <FilterEditor product={segment.product} columns={columns} filter={segment.filter} onChange={(filter) => onChange({ ...segment, filter })} live={live} />}
        {live.error !== null && <ErrorNotice error={live.error} />}
        {product !== undefined && <SampleRows segment={segment} product={product} filter={live.countedFilter} counting={live.counting} />}
      </div>
    </SplitPane>
  )
}

function SegmentAbout({ segment, onChange }: { segment: SegmentDefinition; onChange: (segment: SegmentDefinition) => void }) {
  const products = useDefinitions('product')
  const text = (key: 'description' | 'owner') => (event: { currentTarget: { value: string } }) => {
    const { [key]: _before, ...rest } = segment
    const value = event.currentTarget.value
    onChange(value === '' ? rest : { ...rest, [key]: value })
  }
  return (
    <section className={classes['about']} aria-label="About this segment">
      <TextInput label="Name" value={segment.name} error={segment.name.trim() === '' ? 'A segment needs a name' : undefined} onChange={(event) => onChange({ ...segment, name: event.currentTarget.value })} />
      <Select
        label="Chosen from"
        data={products.map((entry) => ({ value: entry.id, label: entry.name }))}
        value={segment.product}
        onChange={(product) => product !== null && onChange({ ...segment, product })}
      />
      <TextInput label="Owner" value={segment.owner ?? ''} onChange={text('owner')} />
      <TextInput label="Description" value={segment.description ?? ''} onChange={text('description')} />
    </section>
  )
}
