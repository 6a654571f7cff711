import { expect, it } from 'vitest'
import { proposeLabel } from './propose-label.ts'

const texts = (...names: string[]) => names.map((name) => ({ name, type: 'VARCHAR' }))

it.each([
  [['Member ID', 'First Name', 'Last Name', 'E-mail'], ['First Name', 'Last Name']],
  [['id', 'email', 'family_name', 'given_name', 'full_name'], ['given_name', 'family_name']],
  [['KdNr', 'Name', 'Vorname'], ['Vorname', 'Name']],
  [['nr', 'Nom', 'Prénom'], ['Prénom', 'Nom']],
  [['id', 'firstName', 'name'], ['name']],
  [['id', 'full_name', 'city'], ['full_name']],
  [['id', 'first_name', 'company'], ['company']],
  [['id', 'first_name', 'Email Address'], ['Email Address']],
  [['id', 'first_name'], []],
  [['id', 'hostname', 'filename', 'tier'], []],
])('%j are known by %j', (names, label) => {
  expect(proposeLabel(texts(...names), names[0])).toEqual(label)
})

it('never names a row by a number, nor twice by its key', () => {
  expect(proposeLabel([{ name: 'name', type: 'BIGINT' }, { name: 'email', type: 'VARCHAR' }], 'email')).toEqual([])
})
