import type { Raw } from '../../../contract/states.ts'
import type { OpenFile } from '../../drivers/duckdb-file-driver.ts'
import type { DestinationField, Encoded } from '../../values/destination-field.ts'
import type { DestinationDeclaration } from '../destination.ts'
import { fitToField, plainOf, readAs, textOf } from '../field-values.ts'
import { localFileListingBy } from './listing.ts'
import type { LocalFileSettings } from './listing.ts'
import { list, read, write } from './records.ts'
import { describe } from './table.ts'
import type { LocalFileContext } from './table.ts'

/** How a table in a file is spoken to; what is known without it is in listing.ts. */
export const localFile = localFileBy()

/** The same with another way to open files: one that fails, for tests. */
export function localFileBy(openFile?: OpenFile): DestinationDeclaration<LocalFileSettings, LocalFileContext> {
  return {
    ...localFileListingBy(openFile),
    check: async (context) => {
      await describe(context)
      return { account: context.settings.path }
    },
    discover: async (context) => [await describe(context)],
    read,
    list,
    write,
    encode,
    decode,
    keepsPlain: () => true,
  }
}

function encode(field: DestinationField, canonical: string | null): Encoded {
  const fitted = fitToField(field, canonical)
  if (!fitted.ok) return fitted
  if (fitted.canonical === null) {
    return field.required ? { ok: false, reason: 'value invalid', message: `${field.label} cannot be empty.` } : { ok: true, raw: null }
  }
  const raw: Raw = field.type === 'list' ? JSON.stringify(plainOf(fitted.canonical)) : textOf(fitted.canonical)
  return { ok: true, raw }
}

function decode(field: DestinationField, raw: Raw): string | null {
  return raw === null || raw === '' ? null : readAs(field, raw)
}
