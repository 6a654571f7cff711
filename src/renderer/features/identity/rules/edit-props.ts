import type { IdentityDefinition } from '../../../../contract/identity.ts'
import type { SettingProblems } from './definition-problems.ts'

export type EditProps = { definition: IdentityDefinition; problems: SettingProblems; onChange: (definition: IdentityDefinition) => void }
