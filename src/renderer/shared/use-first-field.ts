import type { RefCallback } from 'react'
import { useCallback } from 'react'
import { claimTyped } from './keys-taken.ts'

/**
 * The text field that a form opens with. It has the focus as soon as it is there, not when the dialog has come to rest, and
 * gets all that was typed since the form was asked for (`awaitForm`). `onTyped` is the field's own setter.
 */
export function useFirstField(onTyped: (text: string) => void): RefCallback<HTMLInputElement> {
  return useCallback(
    (field: HTMLInputElement | null) => {
      if (field === null) return
      field.focus()
      const typed = claimTyped()
      if (typed !== '') onTyped(typed)
    },
    [onTyped],
  )
}
