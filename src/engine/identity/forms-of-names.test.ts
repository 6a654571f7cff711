import { describe, expect, it } from 'vitest'
import { keyPart } from '../../contract/identity.ts'
import type { KeyForm, KeyPart } from '../../contract/identity.ts'
import { formRules, formValue } from './forms.ts'

function read(as: KeyForm, raw: string, more: Partial<KeyPart> = {}): string[] | string {
  const value = formValue(raw, { part: keyPart.parse({ column: 'c', as, ...more }), ...formRules({}, {}, false) })
  return value.ok ? value.values : value.cause
}

describe('companies', () => {
  it.each([
    ['Acme S.A.', 'Acme SA', 'ACME S. A.', 'Acme, S/A'],
    ['Philips N.V.', 'Philips NV', 'Philips N. V.'],
    ['Eni S.p.A.', 'Eni SpA', 'ENI S. p. A.', 'Eni s.p.a', 'Eni Società per Azioni'],
    ['I.B.M.', 'IBM', 'I B M', 'I.B.M. Corp.'],
    ['Haas GmbH & Co. KG', 'Haas GmbH und Co KG', 'Haas GmbH&Co.KG', 'Haas G.m.b.H. & Co. KG'],
    ['Haas Ges.m.b.H.', 'Haas GesmbH', 'Haas Gesellschaft mit beschränkter Haftung'],
    ['Acme Ltd.', 'Acme Limited', 'Acme Ltd', 'Acme Private Limited', 'Acme Pvt. Ltd.', 'Acme Co., Ltd.', 'Acme Pty. Ltd.'],
    ['Acme, Inc.', 'Acme Incorporated', 'The Acme Corp.', 'Acme L.L.C.', 'Acme Limited Liability Company', 'Acme P.L.C.', 'Acme Public Limited Company'],
    ['Heineken B.V.', 'Heineken BV', 'Heineken Besloten Vennootschap'],
    ['Rossi S.r.l.', 'Rossi SRL', 'Rossi S. r. l.'],
    ['Orlen Sp. z o.o.', 'Orlen sp. z o. o.', 'Orlen Sp zoo', 'ORLEN SP. Z O.O.'],
    ['Lego A/S', 'Lego AS', 'Lego A.S.', 'Lego Aktieselskab'],
    ['Nokia Oyj', 'Nokia Oy', 'Nokia O.Y.'],
    ['Škoda a.s.', 'Skoda A.S.', 'Škoda'],
    ['Novák s.r.o.', 'Novak S. R. O.', 'Novák spol. s r.o.'],
    ['Dupont S.à r.l.', 'Dupont SARL', 'Dupont Sàrl'],
    ['Cemex S.A.B. de C.V.', 'CEMEX SAB de CV'],
    ['Bimbo S.A. de C.V.', 'Bimbo SA de CV'],
    ['トヨタ株式会社', '株式会社トヨタ', 'トヨタ（株）', 'トヨタ㈱'],
    ['ООО Ромашка', 'Ромашка ООО'],
    ['U.S. Steel', 'US Steel Corp'],
    ['J. P. Morgan & Co.', 'JP Morgan', 'J.P. Morgan'],
    ['A. P. Møller', 'AP Moller'],
    ['Marks & Spencer plc', 'Marks and Spencer P.L.C.'],
    ['AT&T Inc.', 'AT & T'],
  ])('%s is written in several ways', (...spellings) => {
    for (const spelling of spellings) expect(read('organisation', spelling), spelling).toEqual(read('organisation', spellings[0] ?? ''))
    expect(read('organisation', spellings[0] ?? '')).toEqual([expect.any(String)])
  })

  it('keeps companies apart that only share a form or an initial', () => {
    expect(read('organisation', 'A & B Foods')).not.toEqual(read('organisation', 'Foods'))
    expect(read('organisation', 'Acme SA')).not.toEqual(read('organisation', 'Apex SA'))
    expect(read('organisation', 'SA')).toEqual(['sa'])
    for (const nobody of ['Unknown', 'N/A', 'Test Ltd', 'null', 'n.a.']) expect(read('organisation', nobody), nobody).toBe('key invalid')
    expect(read('organisation', 'Test Valley Council')).toEqual(['test valley council'])
  })
})

describe('people', () => {
  it.each([
    ['Ann Lee', 'ann', 'lee', ['Prof. Dr. Ann Lee', 'Lee, Ann', 'Lee, Prof. Dr. Ann', 'Ann Lee, PhD', 'Ann Lee Ph.D.', 'Mrs Ann Lee', 'Mrs. Ann Lee', 'Ms Ann Lee', 'Dr.Ann Lee', 'Dr. med. dent. Ann Lee', 'Prof.Dr. Ann Lee', 'Dr.-Ing. Ann Lee', 'Dipl.-Ing. Ann Lee', 'Ann Lee, M.D.', 'Ann Lee, MD, PhD', 'Lee, Ann, Ph.D.', 'Frau Dr. Ann Lee', 'Mme Ann Lee', 'Sig.ra Ann Lee', 'Rev. Ann Lee', 'Prof. Dr. h. c. mult. Ann Lee', 'ANN LEE', 'Ann Lee, MBA, CPA', 'Mag. Ann Lee', 'Ing. Ann Lee']],
    ['Martin King', 'martin', 'king', ['Martin King, Jr.', 'Martin King Jr', 'King, Martin, Jr.', 'King, Martin Jr.', 'King Jr., Martin', 'Mr. Martin King III', 'Martin King, Sr.', 'Martin King II', 'Martin King, Esq.', 'King, Jr., Martin']],
    ['Ludwig van Beethoven', 'louis', 'vanbeethoven', ['van Beethoven, Ludwig', 'Ludwig Van Beethoven', 'LUDWIG VAN BEETHOVEN', 'Beethoven, Ludwig van', 'Van Beethoven, Ludwig', 'van Beethoven Ludwig']],
    ['Juana de la Cruz', 'juana', 'delacruz', ['de la Cruz, Juana', 'De La Cruz, Juana', 'Juana De la Cruz', 'JUANA DE LA CRUZ', 'Juana delaCruz']],
    ['Otto von der Leyen', 'otto', 'vonderleyen', ['von der Leyen, Otto', 'Leyen, Otto von der', 'Dr. Otto von der Leyen']],
    ['Omar al-Sayed', 'omar', 'alsayed', ['al-Sayed, Omar', 'Omar Al Sayed', 'Al Sayed, Omar', 'Omar Al-Sayed', 'Omar Alsayed']],
    ['Sean O’Brien', 'sean', 'obrien', ["Sean O'Brien", 'Sean O Brien', "O'Brien, Sean", 'Sean OBrien', 'O Brien, Sean']],
    ['Ann McDonald', 'ann', 'mcdonald', ['Ann Mc Donald', 'Mc Donald, Ann', 'McDonald, Ann', 'MCDONALD, ANN']],
    ['Mia Smith-Jones', 'mia', 'smith jones', ['Smith-Jones, Mia', 'Mia SMITH-JONES']],
    ['Vincent van ’t Hoff', 'vincent', 'vanthoff', ["van 't Hoff, Vincent", "Vincent van 't Hoff"]],
    ['Mary St. John', 'mary', 'stjohn', ['St. John, Mary', 'Mary St John']],
    ['Leonardo da Vinci', 'leonard', 'davinci', ['da Vinci, Leonardo', 'Leonardo Da Vinci']],
    ['Carlos dos Santos', 'charles', 'dossantos', ['dos Santos, Carlos', 'Carlos Dos Santos']],
    ["Gina D'Angelo", 'gina', 'dangelo', ["D'Angelo, Gina", 'Gina DAngelo', 'Gina D’Angelo']],
  ] as [string, string, string, string[]][])('%s has one given name and one family in every order', (plain, given, family, spellings) => {
    for (const spelling of [plain, ...spellings]) {
      expect([spelling, read('given name', spelling), read('family name', spelling)]).toEqual([spelling, [given], [family]])
      expect([spelling, read('name', spelling, { words: 'sorted', formal: true })]).toEqual([spelling, read('name', plain, { words: 'sorted', formal: true })])
    }
  })

  it('takes a column that holds a family or a given name alone', () => {
    for (const family of ['van Beethoven', 'Van Beethoven', 'VAN BEETHOVEN']) expect(read('family name', family), family).toEqual(['vanbeethoven'])
    expect(read('family name', 'Smith')).toEqual(['smith'])
    expect(read('family name', 'King, Jr.')).toEqual(['king'])
    expect(read('given name', 'Dr. Ann')).toEqual(['ann'])
    expect(read('given name', 'Al')).toEqual(['al'])
    expect(read('given name', 'Ben')).toEqual(['benjamin'])
  })

  it('does not take a name for a title, a degree or a particle', () => {
    expect(read('family name', 'Jack Ma')).toEqual(['ma'])
    expect(read('given name', 'Ma, Jack')).toEqual(['john'])
    expect(read('given name', 'Rahman, Md')).toEqual(['muhammad'])
    expect(read('name', 'Al Smith')).toEqual(['al smith'])
    expect(read('name', 'Ben Lee')).toEqual(['ben lee'])
    expect(read('name', 'Ann O. Brien')).toEqual(['ann o brien'])
    expect(read('name', 'Na Li')).toEqual(['na li'])
    expect(read('name', 'Malcolm X')).toEqual(['malcolm x'])
  })

  it('says the generation in a key of its own', () => {
    for (const junior of ['Martin King, Jr.', 'Martin King Jr', 'King, Martin Junior', 'Jr.', 'King jr']) expect(read('generation', junior), junior).toEqual(['jr'])
    expect(read('generation', 'Ann Lee III')).toEqual(['iii'])
    expect(read('generation', 'Ann Lee')).toBe('key missing')
  })
})
