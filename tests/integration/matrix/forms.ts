import { readFileSync } from 'node:fs';
import type { Permission } from '#app/domain/permissions.ts';
import { transitions } from '#app/domain/transitions.ts';
import type { Route } from './routes.ts';
import type { Subject } from './opportunities.ts';

/** Intents that no source says as one word. */
const composed: Record<string, string[]> = {
  'routes/sync.quarantine_.group': [
    'replay-all',
    'replay-selected',
    'discard-all',
    'discard-selected',
  ],
  'routes/admin.scorecards.$id': ['save', 'save.publish', 'overwrite.1', 'discard', 'add.bands'],
};

const said = [
  /z\.literal\('([a-z-]+)'\)/g,
  /'intent'\) [!=]== '([a-z-]+)'/g,
  /case '([a-z][a-z-]+)':/g,
  /z\.enum\(\[('[a-z-]+'(?:, '[a-z-]+')*)\]/g,
];

/** Every intent that a route's form can ask for: what its source and the forms it reads name. */
export function intentsOf(route: Route): string[] {
  const imported = [...route.source.matchAll(/'#app\/((?:domain|services)\/[\w./-]+)'/g)]
    .map(([, path]) => path ?? '')
    .filter((path) => /form|intent|sheet/.test(path));
  const sources = [route.source, ...imported.map((path) => readFileSync(`app/${path}`, 'utf8'))];
  // One file further: the form of an opportunity is several forms.
  const further = sources.flatMap((source) =>
    [...source.matchAll(/'#app\/(domain\/[\w-]+form\.ts)'/g)].map(([, path]) => path ?? ''),
  );
  const all = [...sources, ...further.map((path) => readFileSync(`app/${path}`, 'utf8'))];
  const found = all.flatMap((source) =>
    said.flatMap((pattern) =>
      [...source.matchAll(pattern)].flatMap(([, names = '']) =>
        names.replaceAll("'", '').split(', '),
      ),
    ),
  );
  return [...new Set([...found, ...(composed[route.id] ?? [])])].sort();
}

/** What every form could hold, each field with a value that its form would take. */
export function fullForm(
  intent: string,
  { subject, userId }: { subject: Subject; userId: string },
) {
  return new URLSearchParams({
    intent,
    revision: '0',
    reason: 'Because it is so.',
    rationale: 'Because it is so.',
    assessorId: userId,
    assessmentId: '1',
    verdict: 'GO',
    until: '2031-01-01',
    userId,
    role: 'MANAGER',
    practiceId: '1',
    name: 'Forged',
    email: 'forged@example.test',
    day: '2031-01-01',
    id: subject.fileId,
    run: '1',
    mode: 'FULL',
    count: '0',
    body: 'Forged',
    conditionId: '1',
    note: 'It is met, they say.',
    rule: '1',
    seen: '0',
    from: '2026-01-01',
    to: '2026-01-02',
    zone: 'UTC',
    treatment: 'LEAVE_EMPTY',
    source: 'Forged_c',
    upTo: '99',
    record: '1',
    confirmed: 'yes',
    theme: 'dark',
    formKey: userId,
    draft: '1',
    draftId: '1',
    summary: 'Forged, but long enough to be taken.',
    field: 'Forged_c',
    chosen: '1',
    return_to: '/',
  });
}

/** What a button of an opportunity's page asks for; none of them is needed by whoever may read it. */
export function permissionsFor(intent: string): Permission[] {
  return transitions.filter((row) => row.intent === intent).map(({ permission }) => permission);
}
