import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { ProductDefinition } from '../../../contract/definitions.ts'
import type { DefinitionEntry } from '../../../contract/shapes.ts'
import { engine } from '../../app/client.ts'
import { ProblemFiles } from '../../app/problem-files.tsx'
import { useUnsaved } from '../../app/use-definition-draft.ts'
import { useDefinitions } from '../../app/use-product.ts'
import { activationStep, stepsInWords } from '../../shared/activation-state.ts'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { formatNumber, plural } from '../../shared/format.ts'
import { Page } from '../../shared/page.tsx'
import { EmptyState } from '../../shared/states.tsx'
import { StatusWord } from '../../shared/status-word.tsx'
import { StepStrip } from '../../shared/step-strip.tsx'
import { When } from '../../shared/when.tsx'
import classes from './products.module.css'
import { useConsumers } from './use-consumers.ts'

/** The catalogue: what data there is, who answers for it, and who uses it. */
export function ProductsScreen() {
  const products = useDefinitions('product')
  const sources = useDefinitions('source')
  const unsaved = useUnsaved('product')
  const navigate = useNavigate()
  const create = () => void navigate({ to: sources.length === 0 ? '/own-data' : '/products/choose' })
  return (
    <Page
      title="Data products"
      context={products.length === 0 ? undefined : `${formatNumber(products.length)} in this workspace`}
      actions={
        <>
          <Button onClick={() => void navigate({ to: '/own-data' })}>Add your own data</Button>
          <Button variant="filled" onClick={create}>
            New data product
          </Button>
        </>
      }
      scroll
    >
      <ProblemFiles kind="product" />
      {unsaved.includes('') && (
        <p className={classes['unsaved']}>
          A new data product is not saved yet. <Link to="/products/new">Go on with it</Link>
        </p>
      )}
      {products.length === 0 ? (
        <EmptyState action={<Button onClick={create}>Make the first data product</Button>}>A data product is a table or a query that somebody answers for; everything else is built on one.</EmptyState>
      ) : (
        <ul className={classes['cards']}>
          {products.map((entry) => (
            <ProductCard key={entry.id} entry={entry} unsaved={unsaved.includes(entry.id)} />
          ))}
        </ul>
      )}
    </Page>
  )
}

function ProductCard({ entry, unsaved }: { entry: DefinitionEntry; unsaved: boolean }) {
  const document = useQuery(engine.definitions.read.queryOptions({ input: { kind: 'product', id: entry.id } }))
  const product = document.data?.value as ProductDefinition | undefined
  const problem = document.data?.problems[0]
  return (
    <li className={`surface ${classes['card']}`}>
      <div className={classes['cardHead']}>
        <h2>
          <Link to="/products/$product" params={{ product: entry.id }}>
            {entry.name}
          </Link>
        </h2>
        {unsaved && <StatusWord meaning="needs you">Unsaved changes</StatusWord>}
      </div>
      {problem !== undefined && product === undefined && (
        <p>
          <StatusWord meaning="problem">{`${entry.path}${problem.line === undefined ? '' : `, line ${String(problem.line)}`}`}</StatusWord> {problem.message}
        </p>
      )}
      {product !== undefined && <CardBody id={entry.id} product={product} />}
    </li>
  )
}

function CardBody({ id, product }: { id: string; product: ProductDefinition }) {
  const { activations, segments } = useConsumers(id)
  return (
    <>
      <p className={classes['about']}>{product.description ?? 'Nobody has described it yet.'}</p>
      <ul className={classes['decisions']} aria-label="Decisions">
        {product.decisions.map((decision) => (
          <li key={decision}>{columnWords(decision)}</li>
        ))}
      </ul>
      <dl className={classes['facts']}>
        <dt>Owner</dt>
        <dd>{product.owner ?? 'nobody yet'}</dd>
        <dt>Key</dt>
        <dd>
          <code>{product.key}</code>
        </dd>
        <CardFreshness id={id} product={product} />
        <dt>Used by</dt>
        <dd className={classes['used']}>
          {plural(segments.length, { one: 'segment', many: 'segments' })}, {plural(activations.length, { one: 'activation', many: 'activations' })}
          {activations.length > 0 && <StepStrip steps={activations.map((activation) => ({ ...activationStep(activation), name: activation.id }))} summary={stepsInWords(activations)} />}
        </dd>
      </dl>
    </>
  )
}

function CardFreshness({ id, product }: { id: string; product: ProductDefinition }) {
  const check = useQuery({ ...engine.products.check.queryOptions({ input: { product: id } }), staleTime: 5 * 60_000 })
  return (
    <>
      <dt>Rows</dt>
      <dd>{check.isError ? <StatusWord meaning="problem">Cannot be read</StatusWord> : check.data === undefined ? 'counting' : formatNumber(check.data.rows)}</dd>
      <dt>Freshness</dt>
      <dd>
        {check.data?.latestChange === undefined ? (
          product.changedAt === undefined ? 'no column says when a row changed' : 'not known'
        ) : (
          <>
            newest change <When at={check.data.latestChange} />
          </>
        )}
      </dd>
      <dt>Promise</dt>
      <dd>{slaWords(product.sla)}</dd>
      <dt>Contract</dt>
      <dd>{check.data === undefined ? 'not checked yet' : <ContractWord problems={check.data.problems.length} />}</dd>
    </>
  )
}

function ContractWord({ problems }: { problems: number }) {
  if (problems === 0) return <StatusWord meaning="verified">Kept by the data</StatusWord>
  return <StatusWord meaning="problem">{plural(problems, { one: 'problem', many: 'problems' })}</StatusWord>
}

/** The promise about freshness, in words. */
function slaWords(sla: ProductDefinition['sla']): string {
  const parts = [sla?.refresh === undefined ? '' : `refreshed ${sla.refresh}`, sla?.maximumStaleness === undefined ? '' : `never older than ${sla.maximumStaleness}`].filter((part) => part !== '')
  return parts.length === 0 ? 'none made' : parts.join(', ')
}
