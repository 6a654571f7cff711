import { Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RecordCard } from '../../../contract/shapes.ts'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { sentence } from '../../shared/format.ts'
import { agreementSigns, agreementWords, compareRecords, usualValue } from './compare-records.ts'
import type { ComparedColumn } from './compare-records.ts'
import { entityCount } from './decision-parts.ts'
import classes from './identity.module.css'

type SideBySideProps = {
  /** What the records are, for screen readers. */
  label: string
  records: readonly RecordCard[]
  /** Keys that a rule found to be the same. */
  agreed?: readonly string[]
  /** Ticks: which records a decision is about. */
  choose?: { chosen: ReadonlySet<string>; words: string; onChoose: (reference: string, chosen: boolean) => void }
  /** A last row, e.g. with a button for each record. */
  foot?: { name: string; cell: (record: RecordCard) => ReactNode }
  /** Leads to the person of a record. */
  identity?: string
}

/** Records in columns: what is equal is quiet, what differs has its sign; records of one person already stand together. */
export function RecordsSideBySide({ label, records: given, agreed = [], choose, foot, identity }: SideBySideProps) {
  const people = [...new Set(given.map(({ entity }) => entity))]
  const records = people.flatMap((entity) => given.filter((record) => record.entity === entity))
  const several = entityCount(records) > 1 && people.length < records.length
  return (
    <div className={classes['sideBySide']} role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          {several && (
            <tr className={classes['people']}>
              <td />
              {people.map((entity, index) => (
                <th key={entity} scope="colgroup" colSpan={records.filter((record) => record.entity === entity).length}>
                  Person {index + 1}
                </th>
              ))}
            </tr>
          )}
          <tr>
            <td />
            {records.map((record) => (
              <th key={record.reference} scope="col" data-first={isFirst(record, records) || undefined}>
                <RecordHead record={record} identity={identity} choose={choose} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {compareRecords(records, agreed).map((column) => (
            <ColumnRow key={column.column} column={column} records={records} />
          ))}
          {foot !== undefined && (
            <tr>
              <th scope="row">{foot.name}</th>
              {records.map((record) => (
                <td key={record.reference} data-first={isFirst(record, records) || undefined}>
                  {foot.cell(record)}
                </td>
              ))}
            </tr>
          )}
        </tbody>
      </table>
    </div>
  )
}

/** The first record of a person, where a line divides people. */
function isFirst(record: RecordCard, records: readonly RecordCard[]): boolean {
  const at = records.indexOf(record)
  return at > 0 && records[at - 1]?.entity !== record.entity
}

function RecordHead({ record, identity, choose }: { record: RecordCard; identity: string | undefined; choose: SideBySideProps['choose'] }) {
  return (
    <>
      {choose !== undefined && (
        <Checkbox
          aria-label={`${choose.words}: ${record.label}, ${record.sourceName} ${record.id}`}
          checked={choose.chosen.has(record.reference)}
          onChange={(event) => choose.onChoose(record.reference, event.currentTarget.checked)}
        />
      )}
      <span className={classes['recordName']}>
        {identity === undefined ? (
          record.label
        ) : (
          <Link to="/identity/person/$entity" params={{ entity: record.entity }} search={{ of: identity }}>
            {record.label}
          </Link>
        )}
      </span>
      <span className={classes['quiet']}>
        {record.sourceName} <span className="mono">{record.id}</span>
      </span>
    </>
  )
}

function ColumnRow({ column, records }: { column: ComparedColumn; records: readonly RecordCard[] }) {
  const usual = usualValue(column.values)
  const isOdd = (value: string | null) => column.agreement === 'differs' && value !== null && value !== '' && value !== usual
  return (
    <tr data-agreement={column.agreement}>
      <th scope="row">
        <span className={classes['sign']} title={sentence(agreementWords[column.agreement])}>
          <span aria-hidden="true">{agreementSigns[column.agreement]}</span>
          <span className="visually-hidden">{agreementWords[column.agreement]}: </span>
        </span>
        {columnWords(column.column)}
      </th>
      {records.map((record, at) => {
        const value = column.values[at] ?? null
        return (
          <td key={record.reference} data-odd={isOdd(value) || undefined} data-empty={value === null || value === '' || undefined} data-first={isFirst(record, records) || undefined}>
            {value === null || value === '' ? '(empty)' : value}
          </td>
        )
      })}
    </tr>
  )
}
