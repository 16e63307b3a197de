/** What people call the CRM's columns. */
const names: Record<string, string> = {
  remote_number: 'Number',
  name: 'Name',
  customer: 'Account',
  practice: 'Practice',
  geo: 'GEO',
  region: 'Region',
  sector: 'Sector',
  deal_value: 'Amount',
  currency: 'Currency',
  win_probability: 'CRM win probability',
  sales_owner: 'Sales owner',
  sales_owner_email: 'Sales owner’s e-mail',
  stage: 'Sales stage',
  crm_status: 'CRM status',
  close_date: 'Close date',
  crm_created_at: 'Created in CRM',
  crm_updated_at: 'Updated in CRM',
  raw: 'Other CRM fields',
};

/** The name of a column, written `deal_value` or `dealValue`; an unknown one is shown as it is. */
export function fieldName(field: string): string {
  const column = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return names[column] ?? field;
}
