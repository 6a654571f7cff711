/** The SQL of the sample's main product, as it stands in products/customer-360.sql. */
export const customer360Sql = `-- One row a customer: who they are, what they hold, and what was decided about them.
WITH held AS (
  SELECT
    customer_id,
    count(*) FILTER (WHERE status = 'active') AS active_policies,
    min(renewal_date) FILTER (WHERE status = 'active') AS renewal_date,
    list_sort(list(DISTINCT product_line)) AS lines,
    bool_or(sold = 'online') AS buys_online
  FROM policies
  GROUP BY customer_id
),
paid AS (
  SELECT
    customer_id,
    sum(amount) FILTER (WHERE status = 'paid') AS lifetime_value,
    coalesce(sum(amount) FILTER (WHERE status <> 'paid'), 0) AS open_balance
  FROM payments
  GROUP BY customer_id
),
asked AS (
  SELECT customer_id, count(*) AS tickets, max(opened_at) AS last_ticket_at
  FROM tickets
  GROUP BY customer_id
)
SELECT
  c.customer_id,
  c.email,
  c.phone,
  c.first_name,
  c.last_name,
  trim(c.first_name) || ' ' || c.last_name AS full_name,
  c.country,
  c.language,
  c.city,
  c.date_of_birth,
  c.customer_since,
  c.status,
  c.marketing_consent,
  d.tier,
  d.tier = 'platinum' AS vip,
  d.churn_propensity,
  CASE WHEN d.churn_propensity >= 0.6 THEN 'high' WHEN d.churn_propensity >= 0.3 THEN 'medium' ELSE 'low' END AS churn_band,
  d.risk_band,
  d.price_band,
  d.next_best_offer,
  CAST(coalesce(paid.lifetime_value, 0) AS DECIMAL(14, 2)) AS lifetime_value,
  CAST(coalesce(paid.open_balance, 0) AS DECIMAL(14, 2)) AS open_balance,
  held.renewal_date,
  coalesce(held.active_policies, 0) AS active_policies,
  list_concat(coalesce(held.lines, []), CASE WHEN held.buys_online THEN ['online'] ELSE [] END) AS interests,
  coalesce(asked.tickets, 0) AS tickets,
  asked.last_ticket_at,
  greatest(c.updated_at, d.scored_at) AS changed_at
FROM customers c
JOIN decisions d ON d.customer_id = c.customer_id
LEFT JOIN held ON held.customer_id = c.customer_id
LEFT JOIN paid ON paid.customer_id = c.customer_id
LEFT JOIN asked ON asked.customer_id = c.customer_id
`
