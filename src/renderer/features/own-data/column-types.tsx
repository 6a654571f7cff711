import { Select, Table } from '@mantine/core'
import type { InspectedFile } from '../../../contract/shapes.ts'
import { formatNumber, formatShare } from '../../shared/format.ts'
import { Frame, Section } from '../../shared/page.tsx'
import { typeChoices, typeLabel } from './file-types.ts'
import classes from './own-data.module.css'
import type { FileOptions } from './own-data-screen.tsx'

/** What each column loads as, and why; changeable where the file does not say it itself. */
export function ColumnTypes({ file, options, onChange }: { file: InspectedFile; options: FileOptions; onChange: (options: FileOptions) => void }) {
  return (
    <Section title="Columns" aside={file.format === 'csv' ? 'what each loads as; change it where it is wrong' : 'as the file has them'}>
      <Frame>
        <Table.ScrollContainer type="native" minWidth={620}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Column</Table.Th>
                <Table.Th>Loads as</Table.Th>
                <Table.Th>Why</Table.Th>
                <Table.Th className={classes['number']}>Filled</Table.Th>
                <Table.Th className={classes['number']}>Different values</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {file.columns.map((column) => (
                <Table.Tr key={column.name}>
                  <Table.Td>
                    <code>{column.name}</code>
                  </Table.Td>
                  <Table.Td className={classes['type']}>
                    {file.format === 'csv' ? (
                      <Select
                        aria-label={`Type of ${column.name}`}
                        data={typeChoices(column.detectedType)}
                        value={column.type}
                        onChange={(type) => type !== null && onChange({ ...options, types: { ...options.types, [column.name]: type } })}
                      />
                    ) : (
                      typeLabel(column.type)
                    )}
                  </Table.Td>
                  <Table.Td className={classes['reason']}>{reason(column, options.types?.[column.name])}</Table.Td>
                  <Table.Td className={classes['number']}>{formatShare(file.rows - column.empty, file.rows)}</Table.Td>
                  <Table.Td className={classes['number']}>{formatNumber(column.distinct)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Frame>
    </Section>
  )
}

function reason(column: InspectedFile['columns'][number], chosen: string | undefined): string {
  if (chosen !== undefined) return column.textBecause !== undefined && chosen !== 'VARCHAR' ? `Chosen by you; beware, ${column.textBecause}` : 'Chosen by you'
  return column.textBecause === undefined ? '' : `Text, because ${column.textBecause}`
}
