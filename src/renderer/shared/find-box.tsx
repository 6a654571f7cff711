import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import classes from './find-box.module.css'

const TYPING_PAUSE_MS = 250

/** Finds while one types, after a short pause. */
export function FindBox({ label, value, onFind }: { label: string; value: string | undefined; onFind: (find: string | undefined) => void }) {
  const [text, setText] = useState(value ?? '')
  useEffect(() => {
    const wanted = text.trim() === '' ? undefined : text.trim()
    if (wanted === value) return
    const timer = setTimeout(() => onFind(wanted), TYPING_PAUSE_MS)
    return () => clearTimeout(timer)
  })
  return (
    <TextInput
      className={classes['find']}
      aria-label={label}
      placeholder="Find"
      type="search"
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
    />
  )
}
