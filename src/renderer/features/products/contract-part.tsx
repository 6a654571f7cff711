import { ActionIcon, Button, Checkbox, MultiSelect, Select, Table, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { labelColumns } from '../../../contract/definitions.ts'
import type { ContractColumn, ProductDefinition, ValueType } from '../../../contract/definitions.ts'
import { typeWords } from '../../shared/filter-builder/filter-columns.ts'
import { columnWords } from '../../shared/filter-builder/sentence.ts'
import { plural } from '../../shared/format.ts'
import { StatusWord } from '../../shared/status-word.tsx'
import type { DataColumn } from './contract-columns.ts'
import { contractGap, withColumns, withDecision, withLabel, withoutColumn } from './contract-columns.ts'
import classes from './products.module.css'

type Change = (product: ProductDefinition) => void

/** What the product promises about each column, and which columns are decisions. */
export function ContractPart({ product, onChange, data }: { product: ProductDefinition; onChange: Change; data: DataColumn[] | undefined }) {
  const gap = data === undefined ? undefined : contractGap(product.contract, data)
  return (
    <div className={classes['column']}>
      <KeyColumns product={product} onChange={onChange} />
      {gap !== undefined && data !== undefined && gap.unpromised.length > 0 && (
        <div className={classes['gap']}>
          <span>
            The data has {plural(gap.unpromised.length, { one: 'column', many: 'columns' })} that the contract does not promise: {gap.unpromised.map((column) => column.name).join(', ')}.
          </span>
          <Button size="xs" onClick={() => onChange({ ...product, contract: withColumns(product.contract, data) })}>
            Promise {gap.unpromised.length === 1 ? 'it' : 'them'} too
          </Button>
        </div>
      )}
      <Table.ScrollContainer type="native" minWidth={840}>
        <Table className={classes['contract']}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Column</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>Always filled</Table.Th>
              <Table.Th>Decision</Table.Th>
              <Table.Th>Sensitivity</Table.Th>
              <Table.Th>Description</Table.Th>
              <Table.Th>
                <span className="visually-hidden">Remove</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {product.contract.map((column) => (
              <ColumnRow
                key={column.column}
                product={product}
                column={column}
                onChange={onChange}
                absent={gap?.absent.includes(column.column) ?? false}
                dataType={gap?.retyped.find((changed) => changed.column === column.column)?.data}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </div>
  )
}

function KeyColumns({ product, onChange }: { product: ProductDefinition; onChange: Change }) {
  const names = product.contract.map((column) => ({ value: column.column, label: columnWords(column.column) }))
  const times = product.contract.filter((column) => column.type === 'instant' || column.type === 'date').map((column) => ({ value: column.column, label: columnWords(column.column) }))
  const changedAt = (chosen: string | null) => {
    const { changedAt: _before, ...rest } = product
    onChange(chosen === null ? rest : { ...rest, changedAt: chosen })
  }
  return (
    <div className={classes['line']}>
      <Select label="Key" description="One value per row, never empty" searchable data={names} value={product.key} onChange={(key) => key !== null && onChange({ ...product, key })} />
      <MultiSelect label="Name of a row" description="How people recognise it in lists; several are read in this order" searchable clearable maxValues={4} data={names} value={[...labelColumns(product.label)]} onChange={(label) => onChange(withLabel(product, label))} />
      <Select label="Last changed" description="Needed where the latest change wins" searchable clearable data={times} value={product.changedAt ?? null} onChange={changedAt} />
    </div>
  )
}

const types = (Object.keys(typeWords) as ValueType[]).map((value) => ({ value, label: typeWords[value] }))
const sensitivities = [
  { value: 'none', label: 'none' },
  { value: 'personal', label: 'personal' },
  { value: 'sensitive', label: 'sensitive' },
]

interface ColumnRowProps {
  product: ProductDefinition
  column: ContractColumn
  onChange: Change
  absent: boolean
  dataType: ValueType | undefined
}

function ColumnRow({ product, column, onChange, absent, dataType }: ColumnRowProps) {
  const set = (next: ContractColumn) => onChange({ ...product, contract: product.contract.map((other) => (other === column ? next : other)) })
  const name = columnWords(column.column)
  const isKey = column.column === product.key
  return (
    <Table.Tr>
      <Table.Th scope="row">
        <span className={classes['columnName']}>
          <code>{column.column}</code>
          {isKey && <small>key</small>}
        </span>
        {absent && <StatusWord meaning="problem">Not in the data</StatusWord>}
        {dataType !== undefined && <StatusWord meaning="needs you">The data has {typeWords[dataType]}</StatusWord>}
      </Table.Th>
      <Table.Td className={classes['typeCell']}>
        <Select aria-label={`Type of ${name}`} data={types} value={column.type} onChange={(type) => type !== null && set({ ...column, type: type as ValueType })} />
      </Table.Td>
      <Table.Td>
        <Checkbox aria-label={`${name} is always filled`} checked={!column.nullable} onChange={(event) => set({ ...column, nullable: !event.currentTarget.checked })} />
      </Table.Td>
      <Table.Td>
        <Checkbox aria-label={`${name} is a decision that systems act on`} disabled={isKey} checked={product.decisions.includes(column.column)} onChange={(event) => onChange(withDecision(product, column.column, event.currentTarget.checked))} />
      </Table.Td>
      <Table.Td className={classes['typeCell']}>
        <Select
          aria-label={`Sensitivity of ${name}`}
          data={sensitivities}
          value={column.sensitivity ?? 'none'}
          onChange={(chosen) => {
            const { sensitivity: _before, ...rest } = column
            set(chosen === 'personal' || chosen === 'sensitive' ? { ...rest, sensitivity: chosen } : rest)
          }}
        />
      </Table.Td>
      <Table.Td>
        <TextInput
          aria-label={`Description of ${name}`}
          value={column.description ?? ''}
          onChange={(event) => {
            const { description: _before, ...rest } = column
            const description = event.currentTarget.value
            set(description === '' ? rest : { ...rest, description })
          }}
        />
      </Table.Td>
      <Table.Td>
        <ActionIcon aria-label={`No longer promise ${name}`} disabled={isKey} onClick={() => onChange(withoutColumn(product, column.column))}>
          <IconX size={15} aria-hidden="true" />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  )
}
