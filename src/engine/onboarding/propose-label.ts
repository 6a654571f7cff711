/**
 * What a column says of a person or a company, told from its name; in the languages whose files come up most. `surname first`:
 * given names of languages in which a bare "name" beside them is the family's.
 */
const kinds = {
  given: /^(given|first|fore|christian)name$|^(given|first)$|^nombre$|^nombres$|^(voornaam|fornavn|fornamn|nome)$/,
  'given beside a family name': /^(vorname|prenom|prenoms)$/,
  family: /^(family|last|sur)name$|^surname$|^(family|last)$|^(nachname|familienname|zuname|nom|nomdefamille|apellido|apellidos|cognome|achternaam|efternavn|efternamn|etternavn)$/,
  name: /^(full|display|complete|person|contact|customer|member|client)?name$|^(fullname|displayname)$/,
  company: /^(company|organi[sz]ation|business|account|firm|firma|employer|societe|empresa|azienda|bedrijf)(name)?$/,
  email: /^(primary|work|contact)?e?mail(address)?$|^emailaddress$/,
} as const

type NameKind = keyof typeof kinds

/** The columns by which people recognise a row: given and family name, a name, a company, an e-mail address; none: the key. */
export function proposeLabel(columns: readonly { name: string; type: string }[], key: string | undefined): string[] {
  const texts = columns.filter(({ name, type }) => type === 'VARCHAR' && name !== key)
  const find = (kind: NameKind): string | undefined => texts.find(({ name }) => kinds[kind].test(bare(name)))?.name
  const name = find('name')
  const given = find('given') ?? find('given beside a family name')
  const family = find('family') ?? (find('given beside a family name') === undefined ? undefined : name)
  if (given !== undefined && family !== undefined) return [given, family]
  const one = name ?? find('company') ?? find('email') ?? family
  return one === undefined ? [] : [one]
}

/** `First_Name` → `firstname`: no accents, no case, nothing between the words. */
function bare(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}]+/gu, '')
}
