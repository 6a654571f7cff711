import { describe, expect, it } from 'vitest'
import { activationDefinition } from '../../contract/definitions.ts'
import { emptyDefinitions } from './load-workspace.ts'
import { claimChanges, claimsOf, refusedClaims } from './field-claims.ts'
import { type ClaimHistory, noClaimHistory } from './claim-history.ts'
import type { Definition } from './workspace.ts'

const activation = (id: string, fields: string[], more: object = {}): Definition<'activation'> => ({
  kind: 'activation',
  id,
  path: `activations/${id}.yaml`,
  text: '',
  hash: '',
  lineOf: () => undefined,
  value: activationDefinition.parse({
    name: id,
    product: 'people',
    destination: { connection: 'crm', object: 'contacts' },
    match: { column: 'email', field: 'email' },
    authority: 'review',
    fields: fields.map((to) => ({ from: to, to })),
    ...more,
  }),
})

const workspace = (activations: Definition<'activation'>[], claims: ClaimHistory = noClaimHistory, broken: string[] = []) => ({
  definitions: { ...emptyDefinitions(), activation: new Map(activations.map((one) => [one.id, one])) },
  broken: new Set(broken),
  claims,
})

/** As if `activations` had been read one after the other. */
const seen = (...activations: Definition<'activation'>[]): ClaimHistory => ({
  ...noClaimHistory,
  known: activations.flatMap((one, since) => claimsOf(one).map(({ index: _index, ...claim }) => ({ ...claim, since }))),
})

const tier = activation('tier', ['tier', 'risk'])
const above = activation('above', ['tier'])

describe('who may write a field', () => {
  it('is the one that was seen to write it first, whatever the files are called', () => {
    expect(refusedClaims(workspace([above, tier], seen(tier)))).toEqual([{ activation: 'above', field: 'tier', index: 0, holder: 'tier' }])
    expect(refusedClaims(workspace([above, tier], seen(tier, above)))).toMatchObject([{ activation: 'above', holder: 'tier' }])
  })

  it('goes by the order of the files where both were found at once', () => {
    expect(refusedClaims(workspace([tier, above]))).toMatchObject([{ activation: 'tier', field: 'tier', index: 0, holder: 'above' }])
  })

  it('is not fought over by what is switched off or paused', () => {
    expect(refusedClaims(workspace([activation('above', ['tier'], { enabled: false }), tier]))).toEqual([])
    expect(refusedClaims(workspace([above, tier], { known: [], isPaused: (id) => id === 'above' }))).toEqual([])
  })

  it('stays with a file that cannot be read for the moment', () => {
    expect(refusedClaims(workspace([above], seen(tier), ['activation/tier']))).toMatchObject([{ activation: 'above', holder: 'tier' }])
  })

  it('is told per connection and object, lists by who is in them', () => {
    expect(refusedClaims(workspace([above, activation('tier', ['tier'], { destination: { connection: 'crm', object: 'companies' } })]))).toEqual([])
    const list = (id: string) => activation(id, [], { mode: 'members', destination: { connection: 'crm', object: 'list 7' } })
    expect(refusedClaims(workspace([list('one'), list('other')]))).toEqual([{ activation: 'other', field: 'membership', index: undefined, holder: 'one' }])
  })
})

describe('what is remembered of claims', () => {
  it('begins with the first sight and ends when the field is let go of, not when a file cannot be read', () => {
    expect(claimChanges(workspace([tier])).added.map(({ field }) => field)).toEqual(['tier', 'risk'])
    expect(claimChanges(workspace([activation('tier', ['risk'])], seen(tier)))).toMatchObject({ added: [], ended: [{ activation: 'tier', field: 'tier' }] })
    expect(claimChanges(workspace([activation('tier', ['tier', 'risk'], { enabled: false })], seen(tier))).ended).toHaveLength(2)
    expect(claimChanges(workspace([], seen(tier), ['activation/tier']))).toEqual({ added: [], ended: [] })
    expect(claimChanges(workspace([], seen(tier))).ended).toHaveLength(2)
  })
})
