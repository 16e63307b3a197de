import { Link } from '@remix-run/react';
import { Notice } from '#app/components/ui/notice.tsx';
import { holderNames, type Role } from '#app/domain/roles.ts';
import { formatDay } from '#app/lib/format.ts';

interface Line {
  name: string;
  role: Role;
  /** YYYY-MM-DD */
  until: string;
}

/** For whom the viewer acts today, and who acts for them. Nothing where there is neither. */
export function StandInLines({ acting, represented }: { acting: Line[]; represented: Line[] }) {
  if (acting.length + represented.length === 0) return null;
  return (
    <Notice tone="info">
      <ul className="grid gap-0.5">
        {acting.map(({ name, role, until }) => (
          <li key={`${name} ${role}`}>
            You stand in for <bdi className="font-semibold">{name}</bdi> as {holderNames[role]}{' '}
            until {formatDay(until)}.
          </li>
        ))}
        {represented.map(({ name, role, until }) => (
          <li key={`${name} ${role}`}>
            <bdi className="font-semibold">{name}</bdi> stands in for you as {holderNames[role]}{' '}
            until {formatDay(until)}.
          </li>
        ))}
      </ul>
      <Link to="/people/stand-ins" className="justify-self-start link">
        Stand-ins
      </Link>
    </Notice>
  );
}
