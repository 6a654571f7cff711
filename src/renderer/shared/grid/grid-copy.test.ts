import { describe, expect, it } from 'vitest'
import { copiedCell, copiedRows } from './grid-copy.ts'
import type { GridColumn } from './grid-column.ts'

type Row = { name: string; tier: string }
const name: GridColumn<Row> = { id: 'name', header: 'Person', width: 100, text: (row) => `~  ${row.name}  `, copied: (row) => row.name, cell: (row) => row.name }
const tier: GridColumn<Row> = { id: 'tier', header: 'Tier', width: 100, text: (row) => `${row.tier}  `, cell: (row) => row.tier }

describe('copying from a table', () => {
  it('takes rows as tab-separated text with their headers, in the order of the columns', () => {
    expect(copiedRows([tier, name], [{ name: 'Ines Castro', tier: 'Gold' }, { name: 'Zoë\tBakker\nx', tier: '' }])).toBe('Tier\tPerson\nGold\tInes Castro\n\tZoë Bakker x')
  })

  it('never copies what a spreadsheet would run', () => {
    expect(copiedCell(tier, { name: '', tier: '=HYPERLINK("http://x.test")' })).toBe(`'=HYPERLINK("http://x.test")`)
    expect(copiedRows([name], [{ name: ' +1', tier: '' }])).toBe("Person\n'+1")
  })
})
