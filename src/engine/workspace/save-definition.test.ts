import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ActivationDefinition, SegmentDefinition } from '../../contract/definitions.ts'
import { sampleFiles } from '../sample/workspace-files.ts'
import { memoryFiles } from '../testing/memory-files.ts'
import { readDocument, removeDefinition, saveDefinition } from './save-definition.ts'

const folder = '/ws'

function sample() {
  return memoryFiles(Object.fromEntries(Object.entries(sampleFiles()).map(([path, text]) => [`${folder}/${path}`, text])))
}

async function open(kind: 'activation' | 'segment' | 'product', id: string, files = sample()) {
  const place = { folder, files, kind, id } as const
  const document = await readDocument(place)
  return { files, document, save: (value: unknown, sql?: string) => saveDefinition({ ...place, value, expectedHash: document.hash, ...(sql === undefined ? {} : { sql }) }) }
}

/** Lines that are only in one of two texts, marked as a diff does. */
function difference(before: string, after: string): string[] {
  const old = before.split('\n')
  const now = after.split('\n')
  return [...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`), ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`)]
}

const activation = (value: unknown) => structuredClone(value) as ActivationDefinition

describe('saveDefinition', () => {
  it('leaves a file that says the same as it is, although the value carries every default', async () => {
    const { document, save } = await open('activation', 'tier-to-crm')
    expect((await save(document.value)).text).toBe(document.text)
  })

  it('changes one value and nothing else', async () => {
    const { document, save } = await open('activation', 'tier-to-crm')
    const saved = await save({ ...activation(document.value), mode: 'update only' })
    expect(difference(document.text, saved.text)).toEqual(['- mode: upsert', '+ mode: update only'])
    expect(saved.problems).toEqual([])
  })

  it('changes a value inside a one-line group', async () => {
    const { document, save } = await open('activation', 'tier-to-crm')
    const value = activation(document.value)
    const fields = value.fields.map((field) => (field.to === 'tier' ? { ...field, authority: 'destination' as const, trim: true } : field))
    const saved = await save({ ...value, fields })
    expect(difference(document.text, saved.text)).toEqual(['-   - { from: tier, to: tier }', '+   - { from: tier, to: tier, authority: destination, trim: true }'])
  })

  it('adds, removes and moves fields, each with the comment above it', async () => {
    const { document, save } = await open('activation', 'tier-to-crm')
    const value = activation(document.value)
    const [offer] = value.fields.filter(({ to }) => to === 'next_best_offer')
    const others = value.fields.filter(({ to }) => to !== 'next_best_offer' && to !== 'lastname')
    const added = { from: 'price_band', to: 'price_band', clear: true, trim: false, otherwise: 'invalid', onInvalid: 'block record' }
    const saved = await save({ ...value, fields: [offer, ...others, added] })
    const lines = saved.text.split('\n')
    expect(lines.indexOf('  # Whoever changed it last knows best.')).toBe(lines.findIndex((line) => line.includes('to: next_best_offer')) - 1)
    expect(lines.indexOf('  # Whoever changed it last knows best.')).toBe(lines.indexOf('fields:') + 1)
    expect(difference(document.text, saved.text)).toEqual([
      '-   - { from: last_name, to: lastname, authority: fill if empty, trim: true }',
      '+   - { from: price_band, to: price_band, clear: true }',
    ])
  })

  it('adds a part that was not there, in blocks, and takes one away', async () => {
    const { document, save } = await open('activation', 'tier-to-crm')
    const { segment: _segment, ...value } = activation(document.value)
    const saved = await save({ ...value, doNotSend: { any: [{ column: 'country', operator: 'is one of', value: ['JP', 'SE'] }] }, guards: { ...value.guards, createShare: 0.5 } })
    expect(difference(document.text, saved.text)).toEqual([
      '- segment: active-customers',
      '+ doNotSend:',
      '+   any:',
      '+     - column: country',
      '+       operator: is one of',
      '+       value: [ JP, SE ]',
      '+ guards:',
      '+   createShare: 0.5',
    ])
  })

  it('keeps quotes, odd spacing, comments at the end of a line and Windows line ends', async () => {
    const text = ["name:   'Gold'   # the good ones", '', '', 'product: customer-360', 'filter:', '    all:', '      -   column: tier', '          operator: is', "          value: 'gold'   # for now", ''].join('\r\n')
    const files = sample()
    files.texts.set(`${folder}/segments/odd.yaml`, text)
    const { document, save } = await open('segment', 'odd', files)
    const saved = await save({ ...(document.value as SegmentDefinition), name: 'Gold & more', filter: { all: [{ column: 'tier', operator: 'is', value: 'platinum' }] }, owner: 'Sales' })
    expect(saved.text).toBe(text.replace("'Gold'", "'Gold & more'").replace("'gold'   # for now", "'platinum'   # for now") + 'owner: Sales\r\n')
  })

  it('says what it should for any change of a filter', async () => {
    const files = sample()
    const condition = fc.record({ column: fc.constantFrom('tier', 'country', 'status'), operator: fc.constantFrom('is' as const, 'is not' as const), value: fc.constantFrom('gold', "it's", 'a: b', '# no', '', 'yes', '10') })
    const { filter } = fc.letrec<{ filter: object; group: object }>((tie) => ({
      group: fc.oneof(
        fc.record({ all: fc.array(condition, { maxLength: 3 }) }),
        fc.record({ any: fc.array(condition, { minLength: 1, maxLength: 3 }) }),
      ),
      filter: fc.record({ all: fc.array(fc.oneof(condition, tie('group')), { maxLength: 4 }) }),
    }))
    await fc.assert(
      fc.asyncProperty(filter, filter, async (first, second) => {
        const path = `${folder}/segments/any.yaml`
        files.texts.delete(path)
        const place = { folder, files, kind: 'segment', id: 'any' } as const
        const made = await saveDefinition({ ...place, value: { name: 'Any', product: 'customer-360', filter: first } })
        files.texts.set(path, `# Kept\n${made.text}`)
        const { hash } = await readDocument(place)
        const saved = await saveDefinition({ ...place, value: { name: 'Any', product: 'customer-360', filter: second }, expectedHash: hash })
        expect(saved.value).toEqual({ name: 'Any', product: 'customer-360', filter: second })
        expect(saved.text.startsWith('# Kept\n')).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('refuses when the file was changed meanwhile, and writes nothing', async () => {
    const { files, document, save } = await open('activation', 'tier-to-crm')
    const theirs = document.text.replace('Tier to CRM', 'Tiers to CRM')
    files.texts.set(`${folder}/activations/tier-to-crm.yaml`, theirs)
    await expect(save({ ...activation(document.value), mode: 'insert only' })).rejects.toMatchObject({ code: 'definition-changed' })
    expect(files.texts.get(`${folder}/activations/tier-to-crm.yaml`)).toBe(theirs)
  })

  it('notices that only the SQL of a product was changed', async () => {
    const { files, document, save } = await open('product', 'customer-360')
    files.texts.set(`${folder}/products/customer-360.sql`, 'SELECT 1')
    await expect(save(document.value, 'SELECT 2')).rejects.toMatchObject({ code: 'definition-changed' })
  })

  it('refuses a value that the schema does not take, with its field', async () => {
    const { document, save } = await open('activation', 'tier-to-crm')
    await expect(save({ ...activation(document.value), mode: 'always' })).rejects.toMatchObject({ code: 'definition-invalid', place: { field: 'mode', value: 'always' } })
  })

  it('makes a new product with its SQL, and does not write over one that is there', async () => {
    const files = sample()
    const value = { name: 'Tickets', source: 'warehouse', key: 'ticket_id', contract: [{ column: 'ticket_id', type: 'string', nullable: false }] }
    const place = { folder, files, kind: 'product', id: 'tickets' } as const
    const saved = await saveDefinition({ ...place, value, sql: 'SELECT ticket_id FROM tickets' })
    expect(saved).toMatchObject({ sql: 'SELECT ticket_id FROM tickets', problems: [] })
    expect(saved.text).toBe('name: Tickets\nsource: warehouse\nsql: tickets.sql\nkey: ticket_id\ncontract:\n  - column: ticket_id\n    type: string\n    nullable: false\n')
    await expect(saveDefinition({ ...place, value })).rejects.toMatchObject({ code: 'definition-invalid' })
    await expect(saveDefinition({ ...place, value, sql: 'SELECT 1' })).rejects.toMatchObject({ code: 'definition-changed' })
  })
})

describe('removeDefinition', () => {
  it('refuses while something uses it, then takes the SQL along', async () => {
    const { files, document } = await open('product', 'customer-360')
    const place = { folder, files, kind: 'product', id: 'customer-360' } as const
    await expect(removeDefinition({ ...place, expectedHash: document.hash })).rejects.toMatchObject({ code: 'bad-input', message: expect.stringContaining('segments/active-customers.yaml') })
    for (const path of [...files.texts.keys()]) if (/segments|activations|identity/.test(path)) files.texts.delete(path)
    await removeDefinition({ ...place, expectedHash: document.hash })
    expect([...files.texts.keys()].filter((path) => path.includes('customer-360'))).toEqual([])
  })
})
