import type { RecordSource } from '../../contract/identity.ts'
import { checkParts, checkSources } from './check-identity-parts.ts'
import { nearestWord } from '../values/nearest-word.ts'
import type { Definition } from './workspace.ts'

/** How a check of references finds and reports, whatever it checks. */
export interface ReferenceReport {
  product(id: string, path: PropertyKey[]): Definition<'product'> | undefined
  connection(id: string, path: PropertyKey[]): void
  /** A column that a product does not promise. */
  column(product: Definition<'product'>, column: string, path: PropertyKey[]): void
  add(path: PropertyKey[], value: string, message: string, next: string): void
}

/** What a source of records is called everywhere: the product, or `connection/object`. */
export function sourceName(records: RecordSource): string {
  return 'product' in records ? records.product : `${records.connection}/${records.object}`
}

/** Checks what rules say of products, connections and their own sources. Fields of destinations are known only when they are read. */
export function checkIdentity({ value }: Definition<'identity'>, report: ReferenceReport): void {
  const { records = [], thresholds = [] } = value
  if (records.length === 0) report.add(['records'], '', 'The rules name no records.', 'Add records: a product, and the destinations where its people are looked for.')
  const sources = records.map(sourceName)
  records.forEach((source, at) => {
    if (sources.indexOf(sources[at] ?? '') < at) report.add(['records', at], sources[at] ?? '', `The records of '${sources[at] ?? ''}' are named twice.`, 'Keep one of the two.')
    if ('product' in source) checkColumns(source, ['records', at], report)
    else checkSystem(source, ['records', at], report)
  })
  const known = (source: string, path: PropertyKey[], among: readonly string[]): void => {
    if (!among.includes(source)) report.add(path, source, `No records come from '${source}'.`, didYouMean(source, among) ?? `There is: ${among.join(', ')}.`)
  }
  for (const { path, value: said, message, next } of [...checkSources(value, sources), ...checkParts(value)]) report.add(path, said, message, next)
  const systems = records.filter((source) => 'connection' in source).map(sourceName)
  thresholds.forEach(({ rate, source }, at) => {
    if (source === undefined) return
    const path = ['thresholds', at, 'source']
    const ofSystems = rate !== 'invalid' && rate !== 'duplication'
    if (!ofSystems || !sources.includes(source)) known(source, path, ofSystems ? systems : sources)
    else if (!systems.includes(source)) report.add(path, source, `'${source}' is a product; ${rate} is a figure of its rows in a system.`, `Name the system: ${systems.join(', ')}.`)
  })
}

function checkColumns(source: Extract<RecordSource, { product: string }>, path: PropertyKey[], report: ReferenceReport): void {
  const product = report.product(source.product, [...path, 'product'])
  if (!product) return
  for (const [name, column] of Object.entries(source.columns ?? {})) report.column(product, column, [...path, 'columns', name])
  source.label?.forEach((column, at) => report.column(product, column, [...path, 'label', at]))
}

function checkSystem({ connection, lookUp }: Extract<RecordSource, { connection: string }>, path: PropertyKey[], report: ReferenceReport): void {
  report.connection(connection, [...path, 'connection'])
  if (!lookUp) return
  const product = report.product(lookUp.product, [...path, 'lookUp', 'product'])
  if (product) report.column(product, lookUp.column, [...path, 'lookUp', 'column'])
}

function didYouMean(typed: string, known: readonly string[]): string | undefined {
  const near = nearestWord(typed, known)
  return near === undefined ? undefined : `Did you mean '${near}'?`
}
