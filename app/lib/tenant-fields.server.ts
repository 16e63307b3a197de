import type { TenantFields } from '#app/domain/crm-fields.ts';
import { env } from './env.server.ts';

/** What this tenant calls the attributes that each names itself, by the settings. */
export function tenantFields(): TenantFields {
  return {
    practice: env.ORACLE_PRACTICE_FIELD,
    geo: env.ORACLE_GEO_FIELD,
    region: env.ORACLE_REGION_FIELD ?? null,
    sector: env.ORACLE_SECTOR_FIELD ?? null,
  };
}
