import { mappedFields } from '#app/domain/crm-fields.ts';
import type { FieldNames } from './config.ts';
import type { MappedColumn } from './map.ts';

/**
 * Finds the columns a record says nothing about: none of their attributes is among its keys. That is not
 * null, which the CRM says in so many letters. A column without an attribute in this tenant is never absent.
 */
export function createAbsence(fields: FieldNames): (sent: object) => MappedColumn[] {
  const sources = mappedFields(fields).filter(
    ({ column, attributes }) => column !== 'remote_id' && attributes.length > 0,
  );
  return (sent) => {
    const absent: MappedColumn[] = [];
    for (const { column, attributes } of sources) {
      if (!attributes.some((name) => Object.hasOwn(sent, name)))
        absent.push(column as MappedColumn);
    }
    return absent;
  };
}
