import 'react'

declare module 'react' {
  interface CSSProperties {
    /** Custom properties, the only way a component hands a number to its style sheet. */
    [custom: `--${string}`]: string | number | undefined
  }
}
