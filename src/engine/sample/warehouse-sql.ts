import { quoteText } from '../storage/duckdb.ts'
import { longOffers, offers, places } from './places.ts'
import type { Place } from './places.ts'

/** The day on which the sample's warehouse was last loaded. Fixed, so that the same seed gives the same data on any day. */
export const SAMPLE_DAY = '2026-11-20'

/**
 * The statements that fill the warehouse. Chance is arithmetic on md5 of (seed, purpose, number), which no release
 * of DuckDB changes.
 */
export function warehouseStatements(customers: number, seed: number): string[] {
  return [
    ...chance(seed),
    placeTable(),
    customerTable(customers),
    policyTable(),
    paymentTable(),
    ticketTable(),
    decisionTable(),
  ]
}

/** `draw(number, purpose, n)`: 0 … n − 1. `chosen(number, purpose, list)`: one of the list. */
export function chance(seed: number): string[] {
  return [
    `CREATE OR REPLACE TEMP MACRO draw(number, purpose, n) AS CAST(md5_number_lower('${Math.trunc(seed)}|' || purpose || '|' || number) % CAST(n AS UBIGINT) AS INTEGER)`,
    'CREATE OR REPLACE TEMP MACRO chosen(number, purpose, list) AS list[1 + draw(number, purpose, len(list))]',
  ]
}

export function list(values: readonly string[]): string {
  return `[${values.map(quoteText).join(', ')}]`
}

function placeTable(): string {
  let from = 0
  const rows = places.map((place) => {
    const row = `(${[from, from + place.share].join(', ')}, ${placeValues(place)})`
    from += place.share
    return row
  })
  return `CREATE TEMP TABLE places AS SELECT * FROM (VALUES ${rows.join(',\n')}) AS p(from_share, until_share, country, language, dialling, first_names, last_names, cities)`
}

function placeValues(place: Place): string {
  return [quoteText(place.country), quoteText(place.language), quoteText(place.dialling), list(place.firstNames), list(place.lastNames), list(place.cities)].join(', ')
}

/** One row a person, with the dirt of a real company: see the comments at each column. */
function customerTable(customers: number): string {
  return `CREATE TABLE customers AS
  WITH person AS (
    SELECT i, p.country, p.language, p.dialling,
      chosen(i, 'first name', p.first_names) AS first_name, chosen(i, 'last name', p.last_names) AS last_name, chosen(i, 'city', p.cities) AS city
    FROM range(1, ${Math.trunc(customers) + 1}) AS n(i) JOIN places p ON draw(i, 'place', 1000) BETWEEN p.from_share AND p.until_share - 1
  ), contact AS (
    SELECT *,
      coalesce(nullif(regexp_replace(lower(strip_accents(first_name || '.' || last_name)), '[^a-z.]', '', 'g'), '.'), 'customer') || i
        || '@' || chosen(i, 'mail', ${list(['example.com', 'example.org', 'example.net', 'post.example', 'mail.example'])}) AS own_email,
      dialling || lpad(CAST(draw(i, 'phone', 100000000) AS VARCHAR), 8, '0') AS own_phone
    FROM person
  )
  SELECT
    'HM-' || lpad(CAST(i AS VARCHAR), 7, '0') AS customer_id,
    'HH-' || lpad(CAST(i - CASE WHEN shares_home THEN 1 ELSE 0 END AS VARCHAR), 7, '0') AS household_id,
    -- Some with blanks around them, some shouted, some with an accent as a character of its own.
    CASE WHEN draw(i, 'name dirt', 1000) < 3 THEN ' ' || first_name || ' '
         WHEN draw(i, 'name dirt', 1000) < 8 THEN upper(first_name)
         WHEN draw(i, 'name dirt', 1000) < 10 THEN 'Zoe' || chr(776)
         WHEN draw(i, 'name dirt', 1000) < 11 THEN first_name || ' 🌊'
         ELSE first_name END AS first_name,
    last_name,
    -- Missing, junk, shared with the person before (one household, one mailbox), in capitals, or with a blank.
    CASE WHEN draw(i, 'email dirt', 1000) < 8 THEN NULL
         WHEN draw(i, 'email dirt', 1000) < 10 THEN chosen(i, 'junk', ['n/a', 'none', 'unknown', '-'])
         WHEN draw(i, 'email dirt', 1000) < 11 THEN 'none@none.com'
         WHEN shares_home THEN email_before
         WHEN draw(i, 'email dirt', 1000) < 35 THEN upper(own_email)
         WHEN draw(i, 'email dirt', 1000) < 40 THEN own_email || ' '
         ELSE own_email END AS email,
    -- Missing, placeholders, typed as at home, or handed on by the network to somebody else.
    CASE WHEN draw(i, 'phone dirt', 1000) < 40 THEN NULL
         WHEN draw(i, 'phone dirt', 1000) < 70 THEN '0000000000'
         WHEN draw(i, 'phone dirt', 1000) < 120 THEN '0' || substr(own_phone, length(dialling), 3) || ' ' || substr(own_phone, length(dialling) + 3)
         WHEN draw(i, 'phone dirt', 1000) < 130 THEN phone_before
         ELSE own_phone END AS phone,
    -- An old form wrote UK.
    CASE WHEN country = 'GB' AND draw(i, 'country dirt', 1000) < 5 THEN 'UK' ELSE country END AS country,
    language,
    city,
    DATE '1938-01-01' + draw(i, 'birth', 25000) AS date_of_birth,
    DATE '2009-03-01' + draw(i, 'since', 6400) AS customer_since,
    CASE WHEN draw(i, 'status', 1000) < 880 THEN 'active' WHEN draw(i, 'status', 1000) < 960 THEN 'lapsed' ELSE 'prospect' END AS status,
    CASE WHEN draw(i, 'consent', 1000) < 60 THEN 'unsubscribed' WHEN draw(i, 'consent', 1000) < 250 THEN 'not asked' ELSE 'subscribed' END AS marketing_consent,
    TIMESTAMP '${SAMPLE_DAY} 05:00:00' - to_minutes(60 + draw(i, 'updated', 400000)) AS updated_at
  FROM (
    SELECT *, draw(i, 'household', 1000) < 6 AND i > 1 AS shares_home,
      lag(own_email) OVER (ORDER BY i) AS email_before, lag(own_phone) OVER (ORDER BY i) AS phone_before
    FROM contact
  )
  ORDER BY i`
}

function policyTable(): string {
  return `CREATE TABLE policies AS
  SELECT
    'POL-' || substr(customer_id, 4) || '-' || n AS policy_id,
    customer_id,
    chosen(customer_id, 'line' || n, ['motor', 'home', 'travel', 'pet', 'life', 'cyber']) AS product_line,
    CAST((9000 + draw(customer_id, 'premium' || n, 140000)) / 100 AS DECIMAL(10, 2)) AS annual_premium,
    DATE '2024-11-01' + draw(customer_id, 'start' || n, 700) AS start_date,
    DATE '${SAMPLE_DAY}' - 20 + draw(customer_id, 'renewal' || n, 720) AS renewal_date,
    CASE WHEN status <> 'active' THEN 'ended' WHEN draw(customer_id, 'policy status' || n, 100) < 92 THEN 'active' ELSE 'ended' END AS status,
    chosen(customer_id, 'sold' || n, ['online', 'online', 'branch', 'broker', 'phone']) AS sold
  FROM customers, range(1, 4) AS r(n)
  WHERE status <> 'prospect' AND draw(customer_id, 'policies', 100) < CASE n WHEN 1 THEN 97 WHEN 2 THEN 38 ELSE 9 END
  ORDER BY 1`
}

function paymentTable(): string {
  return `CREATE TABLE payments AS
  SELECT
    'PAY-' || substr(policy_id, 5) || '-' || n AS payment_id,
    policy_id,
    customer_id,
    annual_premium AS amount,
    start_date + CAST((n - 1) * 365 AS INTEGER) AS due_date,
    CASE WHEN n = 1 OR draw(policy_id, 'paid' || n, 100) < 88 THEN 'paid' WHEN draw(policy_id, 'paid' || n, 100) < 96 THEN 'open' ELSE 'failed' END AS status
  FROM policies, range(1, 3) AS r(n)
  WHERE n = 1 OR start_date + 365 <= DATE '${SAMPLE_DAY}'
  ORDER BY 1`
}

function ticketTable(): string {
  return `CREATE TABLE tickets AS
  SELECT
    'T-' || substr(customer_id, 4) || '-' || n AS ticket_id,
    customer_id,
    chosen(customer_id, 'topic' || n, ['claim', 'billing', 'change of address', 'complaint', 'renewal', 'online account']) AS topic,
    TIMESTAMP '${SAMPLE_DAY} 04:00:00' - to_hours(1 + draw(customer_id, 'opened' || n, 9000)) AS opened_at,
    CASE WHEN draw(customer_id, 'open' || n, 100) < 12 THEN NULL ELSE 1 + draw(customer_id, 'score' || n, 5) END AS satisfaction
  FROM customers, range(1, 3) AS r(n)
  WHERE draw(customer_id, 'tickets', 100) < CASE n WHEN 1 THEN 24 ELSE 6 END
  ORDER BY 1`
}

/** What the scoring jobs decided, one row a customer. */
function decisionTable(): string {
  return `CREATE TABLE decisions AS
  SELECT
    customer_id,
    CASE WHEN draw(customer_id, 'tier', 100) < 5 THEN 'platinum' WHEN draw(customer_id, 'tier', 100) < 20 THEN 'gold'
         WHEN draw(customer_id, 'tier', 100) < 50 THEN 'silver' ELSE 'bronze' END AS tier,
    CAST((draw(customer_id, 'churn', 1000) * draw(customer_id, 'churn again', 1000) // 1000) / 1000 AS DECIMAL(4, 3)) AS churn_propensity,
    -- A model version that was rolled back left its own word behind.
    CASE WHEN draw(customer_id, 'risk', 10000) < 15 THEN 'unrated' WHEN draw(customer_id, 'risk', 100) < 62 THEN 'low'
         WHEN draw(customer_id, 'risk', 100) < 90 THEN 'medium' ELSE 'high' END AS risk_band,
    chosen(customer_id, 'price', ['A', 'B', 'C', 'D', 'E']) AS price_band,
    CASE WHEN draw(customer_id, 'offer dirt', 10000) < 30 THEN chosen(customer_id, 'long offer', ${list(longOffers)})
         WHEN draw(customer_id, 'offer dirt', 10000) < 1200 THEN NULL
         ELSE chosen(customer_id, 'offer', ${list(offers)}) END AS next_best_offer,
    TIMESTAMP '${SAMPLE_DAY} 03:30:00' - to_minutes(draw(customer_id, 'scored', 7200)) AS scored_at
  FROM customers
  ORDER BY customer_id`
}
