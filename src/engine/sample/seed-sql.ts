import { quoteText } from '../storage/duckdb.ts'
import { list, SAMPLE_DAY } from './warehouse-sql.ts'
import { offers } from './places.ts'

const people = list(['Anna Kowalska', 'Ben Okafor', 'Chiara Conti', 'David Lee', 'Eva Lindqvist'])
const otherTier = (purpose: string) => `chosen(i, '${purpose}', list_filter(['bronze', 'silver', 'gold', 'platinum'], lambda t: t <> tier))`
const otherBand = (purpose: string) => `chosen(i, '${purpose}', list_filter(['low', 'medium', 'high'], lambda b: b <> risk_band))`

/** An instant some minutes before the last load. */
function before(purpose: string, fromMinutes: number, minutes: number): string {
  return `strftime(TIMESTAMP '${SAMPLE_DAY} 06:00:00' - to_minutes(${fromMinutes} + draw(i, '${purpose}', ${minutes})), '%Y-%m-%dT%H:%M:%SZ')`
}

const LAST_QUARTER = "'2026-09-30T22:15:00Z'"

/** A JSON object without its empty members. */
function object(members: Record<string, string>): string {
  const pairs = Object.entries(members).map(([name, value]) => `${quoteText(name)}, ${value}`)
  return `json_merge_patch('{}', json_object(${pairs.join(', ')}))`
}

function change(value: string, at: string, kind: string, name: string): string {
  return `json_object('value', ${value}, 'at', ${at}, 'actor', json_object('kind', '${kind}', 'name', ${name}))`
}

function lines(objectName: string, from: string, fields: string, history = "CAST('{}' AS JSON)"): string {
  return `SELECT '${objectName}' AS object, CAST(remote_id AS VARCHAR) AS id, ${fields} AS fields, ${history} AS history, '2026-10-01T08:00:00Z' AS "at" FROM (${from})`
}

/** Usable, and the person's own: an address that a household shares belongs to one contact only. */
const OWN_EMAIL = `CASE WHEN contains(email, '@') AND lower(trim(email)) <> 'none@none.com' AND draw(i, 'household', 1000) >= 6 THEN lower(trim(email)) END`

/** A telephone that nobody else of the customers has: with the name it tells who somebody is. */
const OWN_PHONE = "starts_with(phone, '+') AND phone NOT IN (SELECT phone FROM truth WHERE phone IS NOT NULL GROUP BY phone HAVING count(*) > 1)"

const IN_CRM = "draw(i, 'in crm', 100) < 85 AND draw(i, 'household', 1000) >= 6"

function crmSeed(): string {
  const known = `
    SELECT *, 500000 + i AS remote_id, ${OWN_EMAIL} AS own_email,
      -- They wrote from an address that they gave up since, and nobody noted their number: telephone and name are left.
      draw(i, 'crm moved', 1000) < 8 AND ${OWN_EMAIL} IS NOT NULL AND ${OWN_PHONE} AS moved,
      draw(i, 'crm churned', 1000) < 6 AS churned,
      draw(i, 'crm tier', 1000) AS tier_draw, draw(i, 'crm offer', 1000) AS offer_draw, draw(i, 'crm band', 1000) AS band_draw,
      -- Nobody has scored them in the CRM since last quarter.
      draw(i, 'crm stale', 100) < 13 AS stale, draw(i, 'crm new', 100) < 4 AS unscored
    FROM truth WHERE ${IN_CRM}`
  const decided = `
    SELECT *,
      CASE WHEN churned THEN 'bronze' WHEN tier_draw < 22 THEN ${otherTier('crm other tier')} WHEN tier_draw < 45 THEN NULL ELSE tier END AS crm_tier,
      CASE WHEN unscored THEN NULL WHEN stale THEN least(0.999, churn_propensity + 0.05) ELSE churn_propensity END AS crm_churn,
      CASE WHEN unscored OR risk_band = 'unrated' THEN NULL WHEN band_draw < 8 OR (stale AND band_draw < 300) THEN ${otherBand('crm other band')} ELSE risk_band END AS crm_band,
      CASE WHEN unscored OR length(next_best_offer) > 60 THEN NULL
           WHEN offer_draw < 6 OR (stale AND offer_draw < 500) THEN chosen(i, 'crm other offer', list_filter(${list(offers)}, lambda o: o <> coalesce(next_best_offer, '')))
           ELSE next_best_offer END AS crm_offer
    FROM (${known})`
  const fields = object({
    email: "CASE WHEN moved THEN regexp_replace(own_email, '@.*$', '@oldmail.example') ELSE own_email END",
    firstname: "CASE WHEN moved OR draw(i, 'crm first name', 100) >= 3 THEN trim(first_name) END",
    lastname: 'last_name',
    phone: "CASE WHEN moved THEN phone WHEN draw(i, 'crm phone', 1000) < 80 THEN NULL WHEN draw(i, 'crm phone', 1000) < 95 THEN '+44 20 7946 0' || lpad(CAST(draw(i, 'desk phone', 1000) AS VARCHAR), 3, '0') ELSE phone END",
    country: "CASE WHEN country <> 'UK' AND draw(i, 'crm country', 100) >= 4 THEN country END",
    // A few came through a web form without a number; their own address still finds them.
    customer_id: "CASE WHEN moved THEN NULL WHEN own_email IS NULL OR draw(i, 'crm number', 1000) >= 10 THEN customer_id END",
    tier: 'crm_tier',
    churn_risk: 'CAST(crm_churn AS VARCHAR)',
    risk_band: 'crm_band',
    next_best_offer: 'crm_offer',
    lifetime_value: "CASE WHEN unscored THEN NULL WHEN stale THEN CAST(CAST(lifetime_value * 0.8 AS DECIMAL(14, 2)) AS VARCHAR) ELSE CAST(lifetime_value AS VARCHAR) END",
    renewal_date: "CASE WHEN draw(i, 'crm renewal', 1000) < 6 THEN CAST(renewal_date + 14 AS VARCHAR) WHEN draw(i, 'crm renewal', 1000) < 40 THEN NULL ELSE CAST(renewal_date AS VARCHAR) END",
    hs_owner_team: "chosen(i, 'team', ['North', 'South', 'Online', 'Brokers'])",
    lifecyclestage: "CASE WHEN churned THEN 'churned' WHEN status = 'prospect' THEN 'lead' ELSE 'customer' END",
    marketing_status: "CASE marketing_consent WHEN 'subscribed' THEN 'subscribed' WHEN 'unsubscribed' THEN 'unsubscribed' ELSE CASE WHEN draw(i, 'crm consent', 100) < 92 THEN 'unsubscribed' END END",
  })
  const person = `chosen(i, 'typist', ${people})`
  const history = object({
    tier: `CASE WHEN churned THEN json_array(${change("'bronze'", before('churned at', 30_000, 60_000), 'workflow', "'Legacy downgrade'")})
      WHEN tier_draw < 15 THEN json_array(${change('tier', LAST_QUARTER, 'integration', "'Nightly scoring load'")}, ${change('crm_tier', before('tier at', 600, 20_000), 'person', person)})
      WHEN tier_draw < 22 THEN json_array(${change('crm_tier', LAST_QUARTER, 'import', "'Tier list Q3.xlsx'")}) END`,
    churn_risk: `CASE WHEN crm_churn IS NOT NULL THEN json_array(${change('CAST(crm_churn AS VARCHAR)', LAST_QUARTER, 'integration', "'Nightly scoring load'")}) END`,
    risk_band: `CASE WHEN band_draw < 8 AND crm_band IS NOT NULL THEN json_array(${change('crm_band', before('band at', 600, 40_000), 'person', person)}) END`,
    next_best_offer: `CASE WHEN offer_draw < 6 AND crm_offer IS NOT NULL THEN json_array(${change('crm_offer', before('offer at', 30, 9_000), 'person', person)}) END`,
    renewal_date: `CASE WHEN draw(i, 'crm renewal', 1000) < 6 AND renewal_date IS NOT NULL THEN json_array(${change('CAST(renewal_date + 14 AS VARCHAR)', before('renewal at', 600, 20_000), 'person', person)}) END`,
  })
  return `SELECT object, id, fields, history, "at", merged.into_id AS "mergedInto" FROM (
    ${lines('contacts', decided, fields, history)}
    UNION ALL ${lines('contacts', crmStrangers(), object({
      email: "'lead' || i || '@web.example'",
      firstname: "chosen(i, 'lead name', ['Sam', 'Alex', 'Robin', 'Kim'])",
      lastname: "'Lead ' || i",
      lifecyclestage: "'lead'",
      hs_owner_team: "'Online'",
      marketing_status: "'subscribed'",
    }))}
    UNION ALL ${lines('contacts', crmDuplicates(), object({
      email: "replace(lower(trim(email)), '@', '+old@')",
      firstname: 'trim(first_name)',
      lastname: 'last_name',
      phone: 'phone',
      lifecyclestage: "'subscriber'",
      tier: "'bronze'",
    }))}
  ) LEFT JOIN (${crmMerged()}) AS merged ON merged.from_id = id ORDER BY CAST(id AS BIGINT)`
}

/** People who only ever filled in a form. */
function crmStrangers(): string {
  return `SELECT i, (SELECT 500000 + max(i) FROM truth) + i AS remote_id FROM truth WHERE draw(i, 'crm stranger', 1000) < 25`
}

const SECOND_CONTACT = "draw(i, 'crm duplicate', 1000)"
/** Still there twice, recognised by telephone and name. */
const TWICE = `(${SECOND_CONTACT} < 2 OR ${SECOND_CONTACT} BETWEEN 5 AND 9) AND ${OWN_PHONE}`
/** Somebody has merged it into the person's first contact since, and its address leads there now. */
const MERGED = `${SECOND_CONTACT} BETWEEN 2 AND 4 AND ${IN_CRM}`

/** A second contact of somebody, under an older address and without a number. */
function crmDuplicates(): string {
  return `SELECT *, (SELECT 500000 + 2 * max(i) FROM truth) + i AS remote_id FROM truth WHERE (${TWICE} OR ${MERGED}) AND ${OWN_EMAIL} IS NOT NULL`
}

function crmMerged(): string {
  return `SELECT CAST(remote_id AS VARCHAR) AS from_id, CAST(500000 + i AS VARCHAR) AS into_id FROM (${crmDuplicates()}) WHERE ${MERGED}`
}

function supportSeed(): string {
  const known = `
    SELECT *, 7000000 + i AS remote_id,
      draw(i, 'support tier', 1000) AS tier_draw, draw(i, 'support stale', 100) AS stale_draw
    FROM truth WHERE draw(i, 'in support', 100) < 82`
  const fields = object({
    external_id: 'customer_id',
    email: `CASE WHEN draw(i, 'support email', 100) < 90 THEN ${OWN_EMAIL} END`,
    name: "CASE WHEN draw(i, 'support name', 1000) < 30 THEN last_name ELSE full_name END",
    phone: "CASE WHEN draw(i, 'support phone', 100) < 60 THEN phone END",
    role: "'end-user'",
    user_fields: object({
      tier: `CASE WHEN tier_draw < 11 THEN ${otherTier('support other tier')} WHEN tier_draw < 70 THEN NULL ELSE tier END`,
      risk_band: "CASE WHEN risk_band <> 'unrated' AND stale_draw >= 5 THEN risk_band END",
      vip: 'CASE WHEN stale_draw >= 5 THEN vip END',
      renewal_date: "CASE WHEN draw(i, 'support renewal', 1000) < 4 THEN CAST(renewal_date - 7 AS VARCHAR) WHEN stale_draw >= 9 THEN CAST(renewal_date AS VARCHAR) END",
      open_balance: 'CASE WHEN stale_draw < 9 THEN NULL WHEN stale_draw < 10 AND open_balance > 0 THEN CAST(0 AS DECIMAL(14, 2)) ELSE open_balance END',
      notes_internal: "CASE WHEN draw(i, 'support note', 100) < 3 THEN chosen(i, 'note', ['Prefers a call in the evening', 'Ask for the claim number first', 'Moved house in spring']) END",
    }),
  })
  const strangers = 'SELECT i, (SELECT 7000000 + max(i) FROM truth) + i AS remote_id FROM truth WHERE draw(i, \'support stranger\', 1000) < 15'
  return `SELECT object, id, fields, history, "at" FROM (
    ${lines('users', known, fields)}
    UNION ALL ${lines('users', strangers, object({ name: "'Caller ' || i", email: "'caller' || i || '@web.example'", role: "'end-user'" }))}
  ) ORDER BY CAST(id AS BIGINT)`
}

function marketingSeed(): string {
  const known = `
    SELECT *, 'brz-' || lpad(CAST(i AS VARCHAR), 8, '0') AS remote_id, draw(i, 'marketing stale', 100) AS stale_draw
    FROM truth WHERE draw(i, 'in marketing', 100) < 84 AND status <> 'prospect'`
  const fields = object({
    external_id: 'customer_id',
    email: OWN_EMAIL,
    phone: "CASE WHEN starts_with(phone, '+') THEN phone END",
    first_name: 'trim(first_name)',
    country: "CASE WHEN country = 'UK' THEN 'GB' ELSE country END",
    language: 'language',
    email_subscribe: "CASE marketing_consent WHEN 'subscribed' THEN 'opted_in' WHEN 'unsubscribed' THEN 'unsubscribed' ELSE 'subscribed' END",
    custom_attributes: object({
      tier: `CASE WHEN draw(i, 'marketing tier', 1000) < 20 THEN ${otherTier('marketing other tier')} WHEN stale_draw >= 4 THEN tier END`,
      next_best_offer: 'CASE WHEN stale_draw >= 8 THEN next_best_offer END',
      churn_band: 'CASE WHEN stale_draw >= 8 THEN churn_band END',
      price_band: `CASE WHEN draw(i, 'marketing price', 1000) < 6 THEN chosen(i, 'marketing other price', list_filter(['A', 'B', 'C', 'D', 'E'], lambda b: b <> price_band)) WHEN stale_draw >= 2 THEN price_band END`,
      lifetime_value: 'CASE WHEN stale_draw >= 12 THEN lifetime_value WHEN stale_draw >= 4 THEN CAST(lifetime_value * 0.9 AS DECIMAL(14, 2)) END',
      renewal_date: 'CASE WHEN stale_draw >= 8 THEN CAST(renewal_date AS VARCHAR) END',
      interests: 'CASE WHEN stale_draw >= 12 AND len(interests) > 0 THEN to_json(interests) END',
    }),
  })
  return `SELECT object, id, fields, history, "at" FROM (${lines('users', known, fields)}) ORDER BY id`
}

/**
 * What the three systems already hold: mostly the same people with the same values, some older, some typed over by
 * people, some the warehouse does not know. One query a system, each giving the lines of its seed file in order:
 * `object`, `id`, `fields`, `history`, `at`, and in the CRM `mergedInto`. They read the temporary table `truth`, the product customer-360 with a
 * number `i` a row.
 */
export const seedQueries = {
  crm: crmSeed(),
  support: supportSeed(),
  marketing: marketingSeed(),
}
