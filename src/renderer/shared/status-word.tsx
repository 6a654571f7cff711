import { IconAlertCircleFilled, IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleDashed, IconMinus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './status.module.css'

/** The five meanings of status. Green ("verified") is earned by a read-back only. */
export type Meaning = 'verified' | 'accepted' | 'needs you' | 'problem' | 'quiet'

const icons = {
  verified: IconCircleCheckFilled,
  accepted: IconCircleDashed,
  'needs you': IconAlertCircleFilled,
  problem: IconAlertTriangleFilled,
  quiet: IconMinus,
} as const satisfies Record<Meaning, typeof IconMinus>

/** Text and icon, never colour alone. `chip` gives it a soft ground. */
export function StatusWord({ meaning, chip = false, children }: { meaning: Meaning; chip?: boolean; children: ReactNode }) {
  const Icon = icons[meaning]
  return (
    <span className={classes['status']} data-meaning={meaning} data-chip={chip || undefined}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      <span>{children}</span>
    </span>
  )
}
