const given = ['Ben', 'Chloé', 'Dário', 'Eva', 'Finn', 'Grace', 'Hugo', 'Iris', 'João', 'Kim']
const family = ['Müller', 'Kowalski', "O'Neil", 'Jansen', 'Dubois', 'García', 'Nowak', 'Rossi', 'Smith', 'Meyer', 'Lee']
const plans = ['Team', 'Free', 'Team', 'Pro', 'Enterprise'] as const
const fees = { Team: '199', Free: '0', Pro: '29', Enterprise: '"1,499.00"' } as const
const tiers = ['platinum', 'bronze', 'silver', 'gold']

/** Three texts that are no numbers, by their line. */
export const oddFees = new Map([
  [18, 'unknown'],
  [96, '"1.499,00"'],
  [141, '€ 199'],
])

/** 200 members as somebody exported them: thousands marks, three fees that are none, one number given out twice. */
export function membersFile({ rows = 200, repaired = false } = {}): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const line = at + 2
    const number = String(line === 187 && !repaired ? 42 : at + 1).padStart(4, '0')
    const plan = plans[at % plans.length] ?? 'Free'
    const email = at === 5 ? 'n/a' : at === 9 ? 'not-an-email' : `member${at}@example.com`
    const month = String((at % 12) + 1).padStart(2, '0')
    const fee = repaired ? fees[plan] : (oddFees.get(line) ?? fees[plan])
    return [`M-${number}`, given[at % given.length], family[at % family.length], email, `+44 20 7946 ${String(at).padStart(4, '0')}`, plan, fee, `2026-${month}-02`, at % 3 === 0 ? 'false' : 'true', tiers[at % tiers.length]].join(',')
  })
  return `Member ID,First Name,Last Name,E-mail,Phone,Plan,MRR,Signed up,Opted out,Tier\n${lines.join('\n')}\n`
}
