import { Button } from '@mantine/core'
import { IconAlertCircleFilled, IconAlertTriangleFilled } from '@tabler/icons-react'
import { useRouter } from '@tanstack/react-router'
import type { NeedsYou } from '../../../contract/shapes.ts'
import { Frame } from '../../shared/page.tsx'
import classes from './home.module.css'

/** Each thing that waits for a person, with the one action that helps. */
export function NeedsYouList({ items, sent }: { items: readonly NeedsYou[]; sent: boolean }) {
  const router = useRouter()
  if (items.length === 0) {
    return (
      <Frame>
        <p className={classes['calm']}>{sent ? 'Nothing needs you. What was sent is listed below with its proof.' : 'Nothing needs you. Nothing was sent yet: a plan shows what would be, before anything is.'}</p>
      </Frame>
    )
  }
  return (
    <Frame>
      <ul>
        {items.map((item) => (
          <li key={`${item.kind} ${item.title}`} className={classes['need']} data-severity={item.severity}>
            {item.severity === 'problem' ? <IconAlertTriangleFilled size={18} aria-label="Problem" /> : <IconAlertCircleFilled size={18} aria-label="Needs you" />}
            <div className={classes['needWords']}>
              <p>{item.title}</p>
              <p className={classes['quiet']}>{item.detail}</p>
            </div>
            <Button onClick={() => router.history.push(item.route)} aria-label={`${item.action}: ${item.title}`}>
              {item.action}
            </Button>
          </li>
        ))}
      </ul>
    </Frame>
  )
}
