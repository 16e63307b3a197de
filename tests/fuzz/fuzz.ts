import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { routeExpectations } from '../integration/route-expectations.ts';
import type { Application } from '../setup/application.ts';
import { brokenInvariants, memoryOf, readStanding } from './invariants.ts';
import { judge } from './judge.ts';
import { formsOf } from './markup.ts';
import { namesRead, type Names } from './names.ts';
import { anyPlan, type Person, type Plan } from './plan.ts';
import {
  addressOf,
  bodyOf,
  ownForm,
  pathOf,
  wireOf,
  type BuiltBody,
  type RouteFacts,
} from './request.ts';
import { asCurl, send, type Answer, type Wire } from './wire.ts';
import { createWorld, foreignMarks, signInAgain, type World } from './world.ts';

export interface Fault {
  words: string[];
  /** How the answer begins. */
  answer: string;
  /** Replays the request; the session in it lives as long as the application. */
  curl: string;
  route: string;
  person: Person;
}

export interface Report {
  requests: number;
  byStatus: Record<string, number>;
  /** How many requests each route got. */
  byRoute: Record<string, number>;
  faults: Fault[];
  /** Forms of pages that were sent changed, by the status of the answer. */
  ownForms: Record<string, number>;
  /** Names of fields in forms that the scan of the source does not know. */
  unknownNames: string[];
  signedInAgain: number;
  /** Requests whose kept connection was gone, sent again on a new one. */
  resent: number;
  slowestMs: number;
  memoryMb: { before: number | null; after: number | null };
  broken: string[];
  sameProcess: boolean;
}

export interface Order {
  requests: number;
  seed: number;
  /** Requests under way at once. */
  lanes?: number;
  longestMs?: number;
  onProgress?: (done: number) => void;
}

const mostFaults = 40;

interface Run {
  world: World;
  routes: RouteFacts[];
  names: Names;
  order: Order;
  report: Report;
}

/** Sends that many requests to the application and judges every answer. */
export async function fuzz(app: Application, order: Order): Promise<Report> {
  const world = await createWorld(app);
  const [routes, names] = [routesOf(), namesRead()];
  const before = await readStanding();
  const run: Run = { world, routes, names, order, report: emptyReport() };
  run.report.memoryMb.before = memoryOf(app.pid);
  // Drawn in batches, so that a long run need not hold every plan at once.
  for (
    let batch = 0;
    run.report.requests < order.requests && run.report.faults.length < mostFaults;
    batch++
  ) {
    const plans = fc.sample(anyPlan(routes.length, names), {
      numRuns: 500,
      seed: order.seed * 100_000 + batch,
    });
    const lanes = Array.from({ length: order.lanes ?? 6 }, () => lane(run, plans));
    await Promise.all(lanes);
    order.onProgress?.(run.report.requests);
  }
  const { report } = run;
  report.broken = await brokenInvariants(before);
  report.memoryMb.after = memoryOf(app.pid);
  report.sameProcess = await isAlive(app);
  return report;
}

async function lane(run: Run, plans: Plan[]): Promise<void> {
  for (let plan = plans.pop(); plan; plan = plans.pop()) {
    if (run.report.requests >= run.order.requests) return;
    await carryOut(run, plan);
  }
}

/** Sends one plan; one with a page's own form reads the page first. */
async function carryOut(run: Run, plan: Plan): Promise<void> {
  const { world, routes } = run;
  const route = routes[plan.route];
  if (!route) return;
  const acts = !['GET', 'HEAD', 'OPTIONS'].includes(plan.method);
  const pool = acts && plan.person === 'manager' ? world.actPool : world.pool;
  let path = addressOf(plan, route, pool);
  let built: BuiltBody = { type: null, bytes: null };
  if (acts && plan.body.kind === 'own-form') {
    const page = pathOf(plan, route, pool);
    const reading: Plan = { ...plan, method: 'GET', headers: [], body: { kind: 'none' } };
    const answer = await ask(run, reading, route, page, built);
    const found = answer && ownForm(answer.body, page, plan.body);
    if (!found) return;
    noteNames(run, answer.body, page);
    const target = new URL(found.form.action, world.app.url);
    if (target.origin !== world.app.url || keepsOut(plan.person, target.pathname)) return;
    const sent = { ...plan, method: 'POST' };
    const own = await ask(run, sent, route, target.pathname + target.search, found.built);
    if (own) count(run.report.ownForms, String(own.status));
    return;
  }
  if (plan.body.kind !== 'own-form') built = bodyOf(plan.body);
  if (keepsOut(plan.person, path)) path = '/welcome';
  await ask(run, plan, route, path, built);
}

/** A password that is changed would end the run of a person; those without a role are enough to try it. */
function keepsOut(person: Person, path: string): boolean {
  return (
    person !== 'anonymous' && person !== 'newcomer' && /self-service\/(settings|logout)/.test(path)
  );
}

async function ask(
  run: Run,
  plan: Plan,
  route: RouteFacts,
  path: string,
  built: BuiltBody,
): Promise<Answer | null> {
  const { world, report, order } = run;
  const { url } = world.app;
  const cookie = world.cookies[plan.person] ?? null;
  const wire = spared(world, plan, wireOf(plan, { path, cookie, built, origin: url }));
  const answer = await send(url, wire);
  report.requests++;
  if (answer.resent) report.resent++;
  count(report.byRoute, route.id);
  report.slowestMs = Math.max(report.slowestMs, answer.ms);
  if ('broken' in answer) {
    count(report.byStatus, `none (${answer.broken})`);
    // Who is refused while still sending may miss the answer; all others are owed one.
    if (!wire.body?.length || /no answer|REFUSED/.test(answer.broken))
      note(run, { plan, route, wire, words: [answer.broken], body: '' });
    return null;
  }
  count(report.byStatus, String(answer.status));
  const words = judge(answer, {
    person: plan.person,
    signedIn: cookie !== null,
    origin: url,
    path: wire.path,
    foreign: foreignMarks(plan.person),
    longestMs: order.longestMs ?? 15_000,
    mayFail: (routeExpectations[route.id]?.getOk ?? []).filter((status) => status >= 500),
  });
  if (words.length > 0) note(run, { plan, route, wire, words, body: answer.body });
  const out = String(answer.headers.location).startsWith('/login?return_to=');
  if (out && cookie !== null && world.cookies[plan.person] === cookie) {
    if (await signInAgain(world, plan.person)) report.signedInAgain++;
  }
  return answer;
}

/** The sample people stay what they are: a manager's act on one of them goes to somebody else. */
function spared({ decoys }: World, { person, method }: Plan, wire: Wire): Wire {
  if (person !== 'manager' || method === 'GET' || !/^\/(people|api\/users)/.test(wire.path))
    return wire;
  const swap = (text: string) =>
    decoys.reduce((swapped, [id, decoy]) => swapped.replaceAll(id, decoy), text);
  const body = wire.body && Buffer.from(swap(wire.body.toString('latin1')), 'latin1');
  return { ...wire, path: swap(wire.path), body };
}

function note(
  { report, world }: Run,
  found: { plan: Plan; route: RouteFacts; wire: Wire; words: string[]; body: string },
) {
  const { plan, route, wire, words, body } = found;
  report.faults.push({
    words,
    answer: body.slice(0, 200),
    curl: asCurl(world.app.url, wire),
    route: route.id,
    person: plan.person,
  });
}

/** Field names that only the page knows would never be tried in another place. */
function noteNames({ names, report }: Run, html: string, page: string): void {
  // The identity server's own fields are tried as its forms hold them.
  const foreign = /^(csrf_token|traits|webauthn|passkey|totp|lookup)/;
  for (const { fields } of formsOf(html, page)) {
    for (const [name] of fields) {
      const made = names.prefixes.includes(name.split('.')[0] ?? '') && name.includes('.');
      const known = made || names.fields.includes(name) || foreign.test(name);
      if (!known && !report.unknownNames.includes(name)) report.unknownNames.push(name);
    }
  }
}

interface Listed {
  id: string;
  path?: string;
  children?: Listed[];
}

/** Every route that has an address of its own. */
function routesOf(): RouteFacts[] {
  const text = execFileSync('node_modules/.bin/remix', ['routes', '--json'], { encoding: 'utf8' });
  const leaves = (route: Listed): Listed[] => route.children?.flatMap(leaves) ?? [route];
  return (JSON.parse(text) as Listed[]).flatMap(leaves).map(({ id, path = '' }) => ({ id, path }));
}

async function isAlive({ pid, url }: Application): Promise<boolean> {
  try {
    process.kill(pid, 0);
    return (await fetch(`${url}/healthz`)).status === 200;
  } catch {
    return false;
  }
}

function count(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}

function emptyReport(): Report {
  return {
    requests: 0,
    byStatus: {},
    byRoute: {},
    faults: [],
    ownForms: {},
    unknownNames: [],
    signedInAgain: 0,
    resent: 0,
    slowestMs: 0,
    memoryMb: { before: null, after: null },
    broken: [],
    sameProcess: false,
  };
}
