import { Button, Tabs } from '@mantine/core'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ProductDefinition } from '../../../contract/definitions.ts'
import type { DefinitionEditor } from '../../app/use-definition-draft.ts'
import { EditorNotices, NothingToEdit } from '../../app/definition-screen.tsx'
import { RemoveDefinition } from '../../app/remove-definition.tsx'
import { useDefinitionDraft } from '../../app/use-definition-draft.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { identifierFrom } from '../../shared/definition-draft/identifier.ts'
import { SaveActions } from '../../shared/definition-draft/save-actions.tsx'
import { Page } from '../../shared/page.tsx'
import { AboutPart } from './about-part.tsx'
import { CheckPart } from './check-part.tsx'
import { ContractPart } from './contract-part.tsx'
import { DefinitionPart } from './definition-part.tsx'
import classes from './products.module.css'
import { useConsumers } from './use-consumers.ts'
import { useDataPreview } from './use-data-preview.ts'

/** One data product: where it comes from, what it promises, whether the data keeps the promise. */
export function ProductScreen({ id }: { id: string | undefined }) {
  const editor = useDefinitionDraft<ProductDefinition>('product', id)
  const taken = useDefinitions('product').map((entry) => entry.id)
  const navigate = useNavigate()
  const { activations, segments } = useConsumers(id ?? '')
  const usedBy = [...segments, ...activations].map((consumer) => consumer.name)
  const { draft } = editor
  if (draft === undefined) return <NothingToEdit editor={editor} noun="data product" all={<Link to="/products">All data products</Link>} action={<Button onClick={() => void navigate({ to: '/products/choose' })}>Choose a table</Button>} />
  const save = async () => {
    const to = id ?? identifierFrom(draft.value.name, taken)
    // A query lives in a file of its own beside the definition, under the same name.
    if (draft.value.sql !== undefined && id === undefined) editor.set({ ...draft.value, sql: `${to}.sql` })
    const saved = await editor.save(to)
    if (saved !== undefined && id === undefined) void navigate({ to: '/products/$product', params: { product: saved.id }, replace: true })
  }
  const discard = () => {
    editor.discard()
    if (id === undefined) void navigate({ to: '/products' })
  }
  return (
    <Page
      title={draft.value.name}
      context={<Link to="/products">All data products</Link>}
      actions={
        <>
          <SaveActions changed={editor.changed} saving={editor.saving} isNew={id === undefined} blocked={blocked(draft.value)} onSave={() => void save()} onDiscard={discard} />
          <RemoveDefinition editor={editor} noun="data product" name={draft.value.name} usedBy={usedBy} onRemoved={() => void navigate({ to: '/products' })} />
        </>
      }
    >
      <EditorNotices editor={editor} draft={draft} />
      <Parts id={id} editor={editor} product={draft.value} sql={draft.sql ?? ''} />
    </Page>
  )
}

function blocked(product: ProductDefinition): string | undefined {
  if (product.name.trim() === '') return 'Give the data product a name first'
  if (product.contract.length === 0) return 'The contract needs at least one column'
  if (!product.contract.some((column) => column.column === product.key)) return 'Choose a key among the columns of the contract'
  return undefined
}

function Parts({ id, editor, product, sql }: { id: string | undefined; editor: DefinitionEditor<ProductDefinition>; product: ProductDefinition; sql: string }) {
  const [tab, setTab] = useState<string | null>('definition')
  const preview = useDataPreview(product, sql)
  return (
    <Tabs value={tab} onChange={setTab} className={classes['tabs']} classNames={{ panel: classes['panel'] ?? '' }}>
      <Tabs.List>
        <Tabs.Tab value="definition">Definition</Tabs.Tab>
        <Tabs.Tab value="contract">Contract and decisions</Tabs.Tab>
        <Tabs.Tab value="about">Owner and freshness</Tabs.Tab>
        {id !== undefined && <Tabs.Tab value="check">Check and consumers</Tabs.Tab>}
      </Tabs.List>
      <Tabs.Panel value="definition">
        <DefinitionPart product={product} sql={sql} editor={editor} preview={preview} />
      </Tabs.Panel>
      <Tabs.Panel value="contract">
        <ContractPart product={product} onChange={editor.set} data={preview.data?.columns} />
      </Tabs.Panel>
      <Tabs.Panel value="about">
        <AboutPart product={product} onChange={editor.set} />
      </Tabs.Panel>
      {id !== undefined && <Tabs.Panel value="check">{tab === 'check' && <CheckPart id={id} changed={editor.changed} />}</Tabs.Panel>}
    </Tabs>
  )
}
