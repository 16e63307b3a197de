import { Link } from '@remix-run/react';
import { Badge } from '#app/components/ui/badge.tsx';
import { Card } from '#app/components/ui/card.tsx';
import { Table, Td, Th, Tr } from '#app/components/ui/table.tsx';
import { barredWords } from '#app/domain/access.ts';
import { permissionWords } from '#app/domain/permission-words.ts';
import type { Permission } from '#app/domain/permissions.ts';
import type { OpportunityAccess } from '#app/models/opportunity-access.server.ts';
import { GrantName } from './grant-name.tsx';

/** Who can do what with one opportunity, and why. */
export function RowAccess({ access, path }: { access: OpportunityAccess; path: string }) {
  return (
    <Card
      flush
      title={
        <Link to={path} className="link">
          {access.name ?? access.number}
        </Link>
      }
    >
      <p className="border-b px-4 py-2 text-xs text-muted">
        Practice: {access.practice ?? 'not set in CRM'} · Sales owner:{' '}
        {access.salesOwnerEmail ?? 'not set in CRM'} · Architect: {access.architect ?? 'none'}
      </p>
      <Table caption="Who can do what with this opportunity">
        <thead>
          <tr>
            <Th>May</Th>
            <Th>Who</Th>
            <Th>Because of</Th>
            <Th>On this one</Th>
          </tr>
        </thead>
        {access.permissions.map(({ permission, people }) => (
          <tbody key={permission} className="border-b last:border-b-0">
            {people.length === 0 ? (
              <Tr className="border-b-0">
                <Td className="font-medium">{nameOf(permission)}</Td>
                <Td label="Who" colSpan={3}>
                  <span className="text-muted">nobody</span>
                </Td>
              </Tr>
            ) : null}
            {people.map(({ id, name, granted, grants }, index) => (
              <Tr key={id} className="border-b-0">
                {index === 0 ? (
                  <Td rowSpan={people.length} className="font-medium">
                    {nameOf(permission)}
                  </Td>
                ) : null}
                <Td label="Who" className={index > 0 ? 'md:pl-3!' : undefined}>
                  <bdi className="wrap-anywhere">{name}</bdi>
                </Td>
                <Td label="Because of">
                  <div className="grid gap-1">
                    {grants.map(({ grant }, at) => (
                      <GrantName key={at} grant={grant} granted={granted} />
                    ))}
                  </div>
                </Td>
                <Td label="On this one">
                  <Barred grants={grants} />
                </Td>
              </Tr>
            ))}
          </tbody>
        ))}
      </Table>
    </Card>
  );
}

/** With a capital letter, those of GO and NO-GO kept. */
function nameOf(permission: Permission): string {
  return permissionWords[permission].replace(/^./, (letter) => letter.toUpperCase());
}

type Grants = OpportunityAccess['permissions'][number]['people'][number]['grants'];

/** One way that is open is enough. */
function Barred({ grants }: { grants: Grants }) {
  const [barred] = grants.map((each) => each.barred);
  if (!barred || grants.some((each) => each.barred === null)) {
    return <span className="text-muted">yes</span>;
  }
  return (
    <div className="grid justify-items-start gap-0.5 max-md:justify-items-end">
      <Badge tone="warning">no</Badge>
      <span className="text-xs text-muted">{barredWords(barred)}</span>
    </div>
  );
}
