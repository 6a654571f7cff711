import { describe, expect, it } from 'vitest'
import { settingFields, settingProblems, storedSettings } from './settings-form.ts'

const fields = settingFields({
  type: 'object',
  properties: {
    subdomain: { type: 'string', title: 'Subdomain', description: 'The first part of the address.' },
    region: { type: 'string', enum: ['eu1', 'na1'], default: 'eu1' },
    requestsPerSecond: { type: 'integer', minimum: 1 },
    sandbox: { type: 'boolean' },
  },
  required: ['subdomain', 'region'],
})

describe('the form of a destination', () => {
  it('follows its settings', () => {
    expect(fields.map(({ label, kind, required }) => [label, kind, required])).toEqual([
      ['Subdomain', 'text', true],
      ['Region', 'choice', false],
      ['Requests per second', 'number', false],
      ['Sandbox', 'yes or no', false],
    ])
  })

  it('says what is missing or out of range', () => {
    expect(settingProblems(fields, { requestsPerSecond: 0, region: 'mars' })).toEqual({
      subdomain: 'Subdomain is needed',
      region: 'Choose eu1 or na1',
      requestsPerSecond: 'At least 1',
    })
    expect(settingProblems(fields, { subdomain: 'harbour' })).toEqual({})
  })

  it('stores nothing for a field that was left empty', () => {
    expect(storedSettings({ subdomain: 'harbour', region: '' })).toEqual({ subdomain: 'harbour' })
  })
})
