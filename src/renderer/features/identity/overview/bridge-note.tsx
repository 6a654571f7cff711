import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { IdentityOverview } from '../../../../contract/shapes.ts'
import { client } from '../../../app/client.ts'
import { plural } from '../../../shared/format.ts'
import { notifyError } from '../../../shared/notify.tsx'
import { StatusWord } from '../../../shared/status-word.tsx'
import { blockValue } from '../rules/rule-edits.ts'

export type NamedBridge = NonNullable<IdentityOverview['rules'][number]['bridges']>[number] & { rule: string }

export function bridgesOf(rules: IdentityOverview['rules']): NamedBridge[] {
  return rules.flatMap(({ rule, bridges = [] }) => bridges.map((bridge) => ({ ...bridge, rule })))
}

/** A value that holds together more than one person may have, and the press that blocks it in the rules. */
export function BridgeNote({ identity, bridge }: { identity: string; bridge: NamedBridge }) {
  const queries = useQueryClient()
  const { key, value, records, rule } = bridge
  const block = useMutation({
    mutationFn: async () => {
      const file = await client.definitions.read({ kind: 'identity', id: identity })
      const rules = blockValue(file.value as IdentityDefinition, key, value)
      return client.definitions.save({ kind: 'identity', id: identity, value: rules, expectedHash: file.hash })
    },
    onSuccess: () => queries.invalidateQueries(),
    onError: notifyError,
  })
  return (
    <li>
      <StatusWord meaning="needs you">Too large</StatusWord>
      <span>
        {plural(records, { one: 'record agrees', many: 'records agree' })} in the {key} <b>{value}</b>: with it the rule “{rule}” would make more of one person than the rules allow, so it joins none of them. If it is nobody’s own, block it.
      </span>
      <Button size="xs" loading={block.isPending} onClick={() => block.mutate()} aria-label={`Block the ${key} ${value}`}>
        Block it
      </Button>
    </li>
  )
}
