import { Button, Checkbox } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useState } from 'react'
import type { RecordCard } from '../../../../contract/shapes.ts'
import { columnWords } from '../../../shared/filter-builder/sentence.ts'
import { formatNumber, plural, sentence } from '../../../shared/format.ts'
import { agreementSigns, agreementWords, byPerson, compareSides, nameOf, standsOut } from './compare-records.ts'
import type { ComparedColumn } from './compare-records.ts'
import { PEOPLE, RECORDS } from '../words/figure-words.ts'
import classes from '../frame/identity.module.css'

type SideBySideProps = {
  /** What is compared, for screen readers. */
  label: string
  records: readonly RecordCard[]
  /** Keys that a rule found to be the same. */
  agreed?: readonly string[]
  /** Ticks: what a decision is about. */
  choose?: { chosen: ReadonlySet<string>; words: string; onChoose: (references: readonly string[], chosen: boolean) => void }
  /** A last row, e.g. with a button for each record. */
  foot?: { name: string; cell: (record: RecordCard) => ReactNode }
  /** Leads to the person of a record. */
  identity?: string
}

/** One column of the comparison: a record, or all records of one person. */
type Side = { records: readonly RecordCard[]; person: number; first: boolean }

/**
 * What is equal is quiet, what differs has its sign. Where several people are compared, each is one column with every
 * value of theirs; the single records are a press away.
 */
export function RecordsSideBySide(props: SideBySideProps) {
  const people = byPerson(props.records)
  const foldable = people.length > 1 && people.length < props.records.length
  const [single, setSingle] = useState(false)
  const folded = foldable && !single
  const sides: Side[] = people.flatMap((records, person) => (folded ? [{ records, person, first: person > 0 }] : records.map((record, at) => ({ records: [record], person, first: person > 0 && at === 0 }))))
  return (
    <>
      <div className={classes['sideBySide']} role="region" aria-label={props.label} tabIndex={0}>
        <table>
          <thead>
            {foldable && !folded && <PeopleRow people={people} />}
            <tr>
              <td />
              {sides.map((side) => (
                <th key={side.records[0]?.reference} scope="col" data-first={side.first || undefined}>
                  <SideHead side={side} {...props} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {compareSides(sides.map(({ records }) => records), props.agreed).map((column) => (
              <ColumnRow key={column.column} column={column} sides={sides} />
            ))}
            {props.foot !== undefined && <FootRow foot={props.foot} sides={sides} />}
          </tbody>
        </table>
      </div>
      {foldable && (
        <Button variant="subtle" size="xs" mt={6} onClick={() => setSingle(!single)}>
          {single ? `Show the ${plural(people.length, PEOPLE)}` : `Show all ${plural(props.records.length, RECORDS)}`}
        </Button>
      )}
    </>
  )
}

function PeopleRow({ people }: { people: readonly (readonly RecordCard[])[] }) {
  return (
    <tr className={classes['people']}>
      <td />
      {people.map((records, index) => (
        <th key={records[0]?.reference} scope="colgroup" colSpan={records.length}>
          Person {index + 1}
        </th>
      ))}
    </tr>
  )
}

function SideHead({ side: { records }, identity, choose }: { side: Side } & Pick<SideBySideProps, 'identity' | 'choose'>) {
  const [record] = records
  if (record === undefined) return null
  const name = nameOf(records)
  const references = records.map(({ reference }) => reference)
  return (
    <>
      {choose !== undefined && (
        <Checkbox
          aria-label={`${choose.words}: ${name}, ${record.sourceName} ${record.id}`}
          checked={references.every((reference) => choose.chosen.has(reference))}
          onChange={(event) => choose.onChoose(references, event.currentTarget.checked)}
        />
      )}
      <span className={classes['recordName']}>
        {identity === undefined ? (
          name
        ) : (
          <Link to="/identity/person/$entity" params={{ entity: record.entity }} search={{ of: identity }}>
            {name}
          </Link>
        )}
      </span>
      {records.map(({ reference, sourceName, id }) => (
        <span key={reference} className={classes['quiet']}>
          {sourceName} <span className="mono">{id}</span>
        </span>
      ))}
    </>
  )
}

function ColumnRow({ column, sides }: { column: ComparedColumn; sides: readonly Side[] }) {
  return (
    <tr data-agreement={column.agreement}>
      <th scope="row">
        {sides.length > 1 && (
          <span className={classes['sign']} title={sentence(agreementWords[column.agreement])}>
            <span aria-hidden="true">{agreementSigns[column.agreement]}</span>
            <span className="visually-hidden">{agreementWords[column.agreement]}: </span>
          </span>
        )}
        {columnWords(column.column)}
      </th>
      {sides.map((side, at) => (
        <SideValues key={side.records[0]?.reference} values={column.sides[at] ?? []} odd={standsOut(column, at)} first={side.first} />
      ))}
    </tr>
  )
}

const MOST_VALUES = 4

function SideValues({ values, odd, first }: { values: readonly string[]; odd: boolean; first: boolean }) {
  return (
    <td data-odd={odd || undefined} data-empty={values.length === 0 || undefined} data-first={first || undefined}>
      {values.length === 0 && '(empty)'}
      {values.slice(0, MOST_VALUES).map((value) => (
        <span key={value} className={classes['sideValue']}>
          {value}
        </span>
      ))}
      {values.length > MOST_VALUES && <span className={classes['quiet']}>and {formatNumber(values.length - MOST_VALUES)} more</span>}
    </td>
  )
}

/** Stands only where every column is one record. */
function FootRow({ foot, sides }: { foot: NonNullable<SideBySideProps['foot']>; sides: readonly Side[] }) {
  return (
    <tr>
      <th scope="row">{foot.name}</th>
      {sides.map(({ records, first }) => (
        <td key={records[0]?.reference} data-first={first || undefined}>
          {records.map((record) => (
            <span key={record.reference}>{foot.cell(record)}</span>
          ))}
        </td>
      ))}
    </tr>
  )
}
