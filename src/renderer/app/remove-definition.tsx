import { ActionIcon, Button, Menu, Modal } from '@mantine/core'
import { IconDots, IconTrash } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ErrorNotice } from '../shared/error-notice.tsx'
import { notifyDone, notifyUndoable } from '../shared/notify.tsx'
import { client } from './client.ts'
import classes from './definition-screens.module.css'
import type { DefinitionEditor } from './use-definition-draft.ts'

interface RemoveDefinitionProps<Value> {
  editor: DefinitionEditor<Value>
  /** "segment", as in sentences. */
  noun: string
  name: string
  /** Names of what uses it; while there is any, it stays. */
  usedBy: string[]
  onRemoved: () => void
}

/** The menu of an editor: removing what it edits, after saying what that means. Enter does not remove. */
export function RemoveDefinition<Value>({ editor, noun, name, usedBy, onRemoved }: RemoveDefinitionProps<Value>) {
  const [asking, setAsking] = useState(false)
  const queries = useQueryClient()
  const { document } = editor
  if (document === undefined) return null
  const remove = async () => {
    if (!(await editor.remove())) return
    onRemoved()
    notifyUndoable(`Removed ${name}.`, async () => {
      await client.definitions.putBack({ kind: document.kind, id: document.id })
      await queries.invalidateQueries()
      notifyDone(`${name} is back as it was.`)
    })
  }
  return (
    <>
      <Menu>
        <Menu.Target>
          <ActionIcon aria-label={`More for ${name}`}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTrash size={14} />} onClick={() => setAsking(true)}>
            Remove this {noun}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking} onClose={() => setAsking(false)} title={`Remove ${name}?`} closeButtonProps={{ 'aria-label': 'Close' }}>
        <div className={classes['ask']}>
          {usedBy.length > 0 ? (
            <p>
              It is used by {usedBy.join(', ')}. Change {usedBy.length === 1 ? 'that' : 'those'} first.
            </p>
          ) : (
            <p>
              The file <code>{document.path}</code> is deleted; it can be put back, here at once and later in the audit. What was planned, sent and proved with it stays in the record. Nothing changes in a destination.
            </p>
          )}
          {editor.removeError !== null && <ErrorNotice error={editor.removeError} />}
          <div className={classes['askActions']}>
            <Button data-autofocus onClick={() => setAsking(false)}>
              Keep it
            </Button>
            {usedBy.length === 0 && (
              <Button color="red" variant="filled" loading={editor.removing} onClick={() => void remove()}>
                Remove this {noun}
              </Button>
            )}
          </div>
        </div>
      </Modal>
    </>
  )
}
