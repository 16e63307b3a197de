import type { Finding } from '#app/domain/access-findings.ts';

const named = 6;

/** What a reviewer should look at first. */
export function FindingList({ findings }: { findings: Finding[] }) {
  if (findings.length === 0) {
    return <p className="text-muted">Nothing stands out among those who hold a role.</p>;
  }
  return (
    <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
      {findings.map(({ title, why, people }) => (
        <li key={title} className="grid content-start gap-0.5">
          <p className="font-medium">
            {title} <span className="font-normal text-muted">({people.length})</span>
          </p>
          <p className="text-xs text-muted">{why}</p>
          <p className="wrap-anywhere">
            {people.slice(0, named).join(', ')}
            {people.length > named ? ` and ${people.length - named} more` : ''}
          </p>
        </li>
      ))}
    </ul>
  );
}
