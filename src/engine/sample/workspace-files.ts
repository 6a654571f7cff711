import { customer360Sql } from './customer-360-sql.ts'

/** The sample's definitions: path in the workspace → text. Written with comments, as a team would keep them. */
export function sampleFiles(): Record<string, string> {
  return {
    '.gitignore': '.lockstep/\n*.duckdb\n*.duckdb.wal\n',
    'README.md': readme,
    'sources/warehouse.yaml': warehouse,
    'connections/crm.yaml': crm,
    'connections/support.yaml': support,
    'connections/marketing.yaml': marketing,
    'products/customer-360.yaml': customer360,
    'products/customer-360.sql': customer360Sql,
    'products/policies.yaml': policies,
    'identity/people.yaml': people,
    'segments/active-customers.yaml': activeCustomers,
    'segments/gold-and-platinum.yaml': goldAndPlatinum,
    'segments/valuable-and-at-risk.yaml': valuableAndAtRisk,
    'segments/renewing-soon.yaml': renewingSoon,
    'segments/reachable-customers.yaml': reachableCustomers,
    'activations/tier-to-crm.yaml': tierToCrm,
    'activations/profile-to-crm.yaml': profileToCrm,
    'activations/tier-to-support.yaml': tierToSupport,
    'activations/tier-and-offers-to-marketing.yaml': tierAndOffersToMarketing,
    // Last: a folder counts as a workspace from here on.
    'lockstep.yaml': workspace,
  }
}

const readme = `# Harbour Mutual

A made-up insurer that also sells online. Nothing in here is about real people.

- \`warehouse.duckdb\`: customers, policies, payments, tickets and scored decisions
- \`sources/\`, \`connections/\`: where data comes from and where it goes
- \`products/\`, \`segments/\`, \`activations/\`: what is sent, to whom, and how
- \`identity/people.yaml\`: how one person is recognised in all of them

Three simulators stand in for the CRM, the support desk and the marketing platform:

    npm run -s lockstep -- simulators start <this folder>
    npm run -s lockstep -- plan tier-to-crm -w <this folder>
`

const workspace = `id: harbour-mutual
name: Harbour Mutual
timezone: Europe/London
sample: true
`

const warehouse = `name: Warehouse
type: duckdb
path: warehouse.duckdb
`

const crm = `name: Sales CRM
destination: hubspot
# Address and token come from the simulator that is running.
simulator: crm
`

const support = `name: Support desk
destination: zendesk
simulator: support
`

const marketing = `name: Marketing platform
destination: braze
simulator: marketing
# Nobody types into these attributes by hand.
onlyWriter: true
`

const customer360 = `name: Customer 360
description: One row a customer, with what was decided about them.
owner: Data team
source: warehouse
sql: customer-360.sql
key: customer_id
label: full_name
changedAt: changed_at

# What everybody downstream may rely on.
contract:
  - { column: customer_id, type: string, nullable: false }
  - { column: email, type: string, sensitivity: personal }
  - { column: phone, type: string, sensitivity: personal }
  - { column: first_name, type: string, sensitivity: personal }
  - { column: last_name, type: string, sensitivity: personal }
  - { column: full_name, type: string, sensitivity: personal }
  - { column: country, type: string, description: 'Two letters, ISO 3166' }
  - { column: language, type: string }
  - { column: city, type: string }
  - { column: date_of_birth, type: date, sensitivity: personal }
  - { column: customer_since, type: date }
  - { column: status, type: string, description: 'active, lapsed or prospect' }
  - { column: marketing_consent, type: string }
  # Decisions of the scoring jobs.
  - { column: tier, type: string, nullable: false }
  - { column: vip, type: boolean }
  - { column: churn_propensity, type: number, description: 0 to 1 }
  - { column: churn_band, type: string }
  - { column: risk_band, type: string, sensitivity: sensitive }
  - { column: price_band, type: string, sensitivity: sensitive }
  - { column: next_best_offer, type: string }
  # What they hold and owe.
  - { column: lifetime_value, type: number }
  - { column: open_balance, type: number }
  - { column: renewal_date, type: date }
  - { column: active_policies, type: number }
  - { column: interests, type: set }
  - { column: tickets, type: number }
  - { column: last_ticket_at, type: instant }
  - { column: changed_at, type: instant }

decisions: [tier, churn_propensity, risk_band, price_band, next_best_offer]
sla:
  refresh: every night
  maximumStaleness: 26 h
`

const policies = `name: Policies
description: One row a policy, straight from the table.
owner: Data team
source: warehouse
table: policies
key: policy_id
contract:
  - { column: policy_id, type: string, nullable: false }
  - { column: customer_id, type: string, nullable: false }
  - { column: product_line, type: string }
  - { column: annual_premium, type: number }
  - { column: start_date, type: date }
  - { column: renewal_date, type: date }
  - { column: status, type: string }
  - { column: sold, type: string }
`

const people = `# Who is one person at Harbour Mutual: in the warehouse, the CRM, the support desk and the marketing platform.
#
# The order of the rules is their priority. What would join two customer numbers is never merged: it waits for a person
# under Identity. Activations with match: { identity: people } find their records by these rules.

name: People
description: One customer number is one person. Without one, two things must agree, or nothing may contradict.
owner: Data team

records:
  - product: customer-360
  # What each system calls the columns of the keys.
  - connection: crm
    object: contacts
    columns: { first_name: firstname, last_name: lastname }
    label: [firstname, lastname]
  - connection: support
    object: users
    columns: { customer_id: external_id, full_name: name }
    label: [name]
  # The marketing platform gives no list of its people, so they are asked for by number.
  - connection: marketing
    object: users
    columns: { customer_id: external_id }
    label: [first_name]
    lookUp: { field: external_id, product: customer-360, column: customer_id }

keys:
  # Given to one customer, once.
  customer number:
    strong: true
    from: { column: customer_id, as: code }
  # Households share a mailbox, and branches type their own: more than a few records on one are not one person.
  email:
    mostRecords: 10
    from: { column: email, as: email }
  # Read with the country of the record, so that 07700 900123 and +44 7700 900123 are one number.
  phone:
    mostRecords: 10
    from: { column: phone, as: phone, country: country }
  # Accents, capitals and the order of the words do not matter. The support desk has one field for the whole name.
  name:
    from:
      - { column: [first_name, last_name], as: name, words: sorted }
      - { column: full_name, as: name, words: sorted, sources: [support/users] }
  # Junior and senior are two people.
  generation:
    from:
      - { column: last_name, as: generation }
      - { column: full_name, as: generation, sources: [support/users] }

rules:
  - name: customer number
    keys: [customer number]
  # Father and son of one name share a mailbox and a telephone.
  - name: email and name
    keys: [email, name]
    unlessDifferent: [generation]
  # People change their address more often than their telephone.
  - name: phone and name
    keys: [phone, name]
    unlessDifferent: [generation]
  # A mailbox alone, where one side knows no name; families show by their names.
  - name: email
    keys: [email]
    unlessDifferent: [name]
  # Numbers are handed on by the networks: nothing else that is known may differ.
  - name: phone
    keys: [phone]
    unlessDifferent: [name, email]

# Identity and Home say so when fewer customers than this are found in the CRM, or more of its contacts are there twice.
thresholds:
  - { rate: match, source: crm/contacts, least: 0.7 }
  - { rate: duplication, source: crm/contacts, most: 0.05 }
`

const activeCustomers = `name: Active customers
product: customer-360
filter:
  all:
    - { column: status, operator: is, value: active }
`

const goldAndPlatinum = `name: Gold and platinum
description: Everybody the service teams look after first.
product: customer-360
filter:
  all:
    - { column: status, operator: is, value: active }
    - { column: tier, operator: is one of, value: [gold, platinum] }
`

const valuableAndAtRisk = `name: Valuable and at risk
product: customer-360
filter:
  all:
    - { column: status, operator: is, value: active }
    # Worth a call before they leave.
    - any:
        - { column: tier, operator: is one of, value: [gold, platinum] }
        - { column: lifetime_value, operator: at least, value: 3000 }
    - { column: churn_propensity, operator: at least, value: 0.6 }
`

const renewingSoon = `name: Renewing soon
product: customer-360
filter:
  all:
    - { column: status, operator: is, value: active }
    - { column: renewal_date, operator: in the next days, value: 60 }
`

const reachableCustomers = `name: Reachable customers
product: customer-360
filter:
  all:
    - { column: status, operator: is, value: active }
    - { column: email, operator: has a value }
    - none:
        - { column: country, operator: is, value: JP }
`

const tierToCrm = `name: Tier to CRM
description: The decisions that sales works with.
owner: Sales operations
product: customer-360
segment: active-customers
destination: { connection: crm, object: contacts }
match: { column: email, field: email, normalise: email, identity: people }
mode: upsert
# What a person typed into the CRM is never overwritten without an answer.
authority: review
fields:
  - { from: customer_id, to: customer_id, authority: fill if empty }
  - { from: first_name, to: firstname, authority: fill if empty, trim: true }
  - { from: last_name, to: lastname, authority: fill if empty, trim: true }
  - { from: tier, to: tier }
  - { from: churn_propensity, to: churn_risk, authority: warehouse }
  - { from: risk_band, to: risk_band, authority: warehouse }
  # Whoever changed it last knows best.
  - { from: next_best_offer, to: next_best_offer, authority: latest wins }
onConflict: skip record
`

const profileToCrm = `name: Profile to CRM
description: Contact details and value, for contacts that are already there.
owner: Sales operations
product: customer-360
destination: { connection: crm, object: contacts }
match: { column: customer_id, field: customer_id, identity: people }
mode: update only
authority: fill if empty
fields:
  - { from: phone, to: phone }
  - { from: country, to: country }
  - { from: lifetime_value, to: lifetime_value, authority: warehouse }
  - { from: renewal_date, to: renewal_date, authority: review }
  # Consent is asked in the CRM; the warehouse only fills what nobody has answered.
  - from: marketing_consent
    to: marketing_status
    authority: destination
    values:
      subscribed: subscribed
      unsubscribed: unsubscribed
      not asked: unsubscribed
`

const tierToSupport = `name: Tier to support
description: Who gets the short queue, and what they owe.
owner: Service
product: customer-360
segment: active-customers
destination: { connection: support, object: users }
match: { column: customer_id, field: external_id, identity: people }
mode: upsert
authority: warehouse
fields:
  - { from: full_name, to: name, authority: fill if empty, trim: true }
  - { from: tier, to: tier, authority: review }
  - { from: risk_band, to: risk_band, onInvalid: leave field }
  - { from: vip, to: vip }
  - { from: renewal_date, to: renewal_date }
  - { from: open_balance, to: open_balance }
`

const tierAndOffersToMarketing = `name: Tier and offers to marketing
description: What campaigns may use. People who have unsubscribed are left alone.
owner: Marketing
product: customer-360
segment: reachable-customers
destination: { connection: marketing, object: users }
match: { column: customer_id, field: external_id, identity: people }
mode: upsert
authority: warehouse
fields:
  - { from: first_name, to: first_name, authority: fill if empty, trim: true }
  - { from: language, to: language, authority: fill if empty }
  - { from: tier, to: tier }
  - { from: next_best_offer, to: next_best_offer }
  - { from: churn_band, to: churn_band }
  - { from: price_band, to: price_band, authority: review }
  - { from: lifetime_value, to: lifetime_value }
  - { from: renewal_date, to: renewal_date }
  - { from: interests, to: interests }
doNotSend:
  any:
    - { column: marketing_consent, operator: is, value: unsubscribed }
`
