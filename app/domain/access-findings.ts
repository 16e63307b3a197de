import type { Role } from './roles.ts';

/** What of a person a review looks at. */
export interface Reviewed {
  id: string;
  name: string;
  verified: boolean;
  lastSeenAt: Date | null;
  practices: readonly string[];
  /** `grantedById` null: nobody who is still known, or the settings. */
  roles: readonly { role: Role; grantedById: string | null; grantedAt: Date }[];
}

export interface Finding {
  title: string;
  why: string;
  people: string[];
}

/** After this many days unseen somebody is asked about. */
export const unseenDays = 90;

type Asked = (everybody: readonly Reviewed[], now: Date) => string[];

const has = ({ roles }: Reviewed, role: Role) => roles.some((held) => held.role === role);
const those = (which: (person: Reviewed, now: Date) => boolean): Asked => {
  return (everybody, now) =>
    everybody.filter((person) => which(person, now)).map(({ name }) => name);
};

/** What a reviewer should look at first, a row a question. */
const findings: readonly (Omit<Finding, 'people'> & { asked: Asked })[] = [
  {
    title: 'Only one manager',
    why: 'Nobody could take the role from them or decide in their place. Make a second one.',
    asked: (everybody) => {
      const managers = everybody.filter((person) => has(person, 'MANAGER'));
      return managers.length === 1 ? managers.map(({ name }) => name) : [];
    },
  },
  {
    title: `A role, and not seen for ${unseenDays} days`,
    why: 'Do they still need it?',
    asked: those(({ lastSeenAt, roles }, now) => {
      const granted = roles.map(({ grantedAt }) => grantedAt.getTime());
      const last = Math.max(lastSeenAt?.getTime() ?? 0, ...granted);
      return now.getTime() - last > unseenDays * 86_400_000;
    }),
  },
  {
    title: 'A role, and no verified address',
    why: 'Nobody has shown that the address is theirs. A seller sees nothing until it is verified.',
    asked: those(({ verified }) => !verified),
  },
  {
    title: 'Practice heads without a practice',
    why: 'They read, assign and recommend on what has no practice, and nothing else.',
    asked: those((person) => has(person, 'PRACTICE_HEAD') && person.practices.length === 0),
  },
  {
    title: 'Manager and practice head in one person',
    why: 'They recommend and decide, though never on the same assessment.',
    asked: those((person) => has(person, 'MANAGER') && has(person, 'PRACTICE_HEAD')),
  },
  {
    title: 'Roles granted to each other',
    why: 'Two people who owe each other their roles: let a third look at both.',
    asked: mutual,
  },
];

/** Everything worth a look, most serious first. Give it everybody who holds a role. */
export function findingsOf(everybody: readonly Reviewed[], now: Date): Finding[] {
  const held = everybody.filter(({ roles }) => roles.length > 0);
  return findings
    .map(({ title, why, asked }) => ({ title, why, people: asked(held, now) }))
    .filter(({ people }) => people.length > 0);
}

function mutual(everybody: readonly Reviewed[]): string[] {
  const owes = (person: Reviewed, to: Reviewed) =>
    person.roles.some(({ grantedById }) => grantedById === to.id);
  return everybody.flatMap((one, index) =>
    everybody
      .slice(index + 1)
      .filter((other) => owes(one, other) && owes(other, one))
      .map((other) => `${one.name} and ${other.name}`),
  );
}
