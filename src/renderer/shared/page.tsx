import type { ReactNode } from 'react'
import classes from './page.module.css'

/**
 * A screen: a header of 52 px (title, context, one primary action at the right) above its body.
 * `scroll` lets the body scroll as a whole; leave it off where a grid or a split pane scrolls inside.
 */
export function Page({ title, context, actions, scroll = false, children }: { title: string; context?: ReactNode; actions?: ReactNode; scroll?: boolean; children: ReactNode }) {
  return (
    <div className={classes['page']}>
      <header className={classes['header']}>
        <h1 className={classes['title']}>{title}</h1>
        {context !== undefined && <div className={classes['context']}>{context}</div>}
        <div className={classes['grow']} />
        {actions !== undefined && <div className={classes['actions']}>{actions}</div>}
      </header>
      {scroll ? (
        <div className={classes['scroll']} tabIndex={-1}>
          <div className={classes['inner']}>{children}</div>
        </div>
      ) : (
        <div className={classes['body']}>{children}</div>
      )}
    </div>
  )
}

/** A titled part of a scrolling screen. */
export function Section({ title, aside, id, children }: { title: string; aside?: ReactNode; id?: string; children: ReactNode }) {
  return (
    <section id={id} className={classes['section']}>
      <div className={classes['sectionHead']}>
        <h2>{title}</h2>
        {aside !== undefined && <span>{aside}</span>}
      </div>
      {children}
    </section>
  )
}

/** A hairline frame around a list or a small table. */
export function Frame({ children }: { children: ReactNode }) {
  return <div className={classes['frame']}>{children}</div>
}
