import type { IdentityPerson } from '../../../../contract/shapes.ts'
import { Section } from '../../../shared/page.tsx'
import classes from '../frame/identity.module.css'
import { linkWords } from './link-words.ts'
import personClasses from '../records/person.module.css'

/** Why the records are one: each link with its rule and what was the same. */
export function PersonLinks({ person }: { person: IdentityPerson }) {
  if (person.links.length === 0) return null
  return (
    <Section title="Why they are one">
      <ul className={`surface ${personClasses['lines'] ?? ''}`}>
        {person.links.map((link, index) => {
          const { who, why } = linkWords(link, person.records)
          return (
            <li key={index}>
              <span>{who}</span>
              <span className={classes['quiet']}>{why}</span>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
