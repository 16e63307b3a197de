/** The columns the sync maps, of a row as Postgres gives it. */
export function columnsOf(row: Record<string, unknown>) {
  const { remote_number, name, customer, practice, geo, deal_value, currency } = row;
  const { win_probability, sales_owner, sales_owner_email, stage, crm_status, close_date } = row;
  return {
    remote_number,
    name,
    customer,
    practice,
    geo,
    deal_value,
    currency,
    win_probability,
    sales_owner,
    sales_owner_email,
    stage,
    crm_status,
    close_date,
    created: row.crm_created_at,
    updated: row.crm_updated_at,
  };
}

/** What those columns must hold for a record as the CRM has it: the map, written a second time. */
export function expectedOf(sent: Record<string, unknown>) {
  const text = (name: string) =>
    typeof sent[name] === 'string' && sent[name].trim() !== '' ? sent[name] : null;
  const instant = (...names: string[]) => {
    const times = names
      .filter((name) => sent[name])
      .map((name) => new Date(sent[name] as string).getTime());
    return times.length > 0 ? new Date(Math.max(...times)) : null;
  };
  return {
    remote_number: text('OptyNumber'),
    name: text('Name'),
    customer: text('TargetPartyName'),
    practice: text('Practice_c'),
    geo: text('GEO_c'),
    deal_value: sent.Revenue === 'null' ? null : sent.Revenue,
    currency: text('CurrencyCode'),
    win_probability: sent.WinProb ?? null,
    sales_owner: text('PartyName1'),
    sales_owner_email: text('EmailAddress')?.toLowerCase().trim() ?? null,
    stage: text('SalesStage'),
    crm_status: text('StatusCode'),
    close_date: sent.EffectiveDate ?? null,
    created: instant('CreationDate'),
    updated: instant('LastUpdateDate', 'OptyLastUpdateDate'),
  };
}

/** A record as the CRM writes it, its amount kept digit for digit. */
export function sentAs(text: string, parsed: Record<string, unknown>): Record<string, unknown> {
  return { ...parsed, Revenue: /"Revenue":([^,}]+)/.exec(text)?.[1] ?? 'null' };
}
