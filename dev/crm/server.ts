import { createServer, type IncomingMessage, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { attributes } from './attributes.ts';
import { Gate } from './auth.ts';
import { type Crm } from './crm.ts';
import { Dataset } from './dataset.ts';
import { Faults, resourceOf, spoilsTransport, type Fault } from './faults.ts';
import { send, type Reply } from './reply.ts';
import { keepRecords, keptRecords } from './keep.ts';
import { answerControl } from './control.ts';
import { answer } from './router.ts';
import { disturb } from './disturb.ts';

export { type Dataset } from './dataset.ts';
export { type Fault, type Faults } from './faults.ts';
export { type CrmRecord } from './record.ts';

export interface CrmSimulator {
  /** `http://127.0.0.1:PORT`, to be used as ORACLE_BASE_URL. */
  url: string;
  port: number;
  dataset: Dataset;
  faults: Faults;
  /** Requests to the CRM and its token endpoint so far. */
  readonly requests: number;
  /** Ends at once, open connections included. */
  stop(): Promise<void>;
}

export interface CrmSimulatorOptions {
  /** Absent or 0: a free one. */
  port?: number;
  opportunities?: number;
  seed?: number;
  /** The most rows a page holds, whatever `limit` asks for. */
  pageCap?: number;
  latencyMs?: number;
  username?: string;
  password?: string;
  clientId?: string;
  clientSecret?: string;
  /** How long a token is good for. */
  tokenSeconds?: number;
  /** Whether the pipeline moves by itself, a few changes every `evolveEveryMs`. */
  living?: boolean;
  evolveEveryMs?: number;
  /** False: a tenant without Practice_c and its kind. */
  customFields?: boolean;
  bareGetScope?: Crm['bareGetScope'];
  clock?: () => Date;
  /** Where the pipeline is kept between starts, one record a line. */
  dataFile?: string;
}

/** Starts a CRM on loopback that speaks Oracle's REST API for opportunities. */
export async function startCrmSimulator(options: CrmSimulatorOptions = {}): Promise<CrmSimulator> {
  const crm = buildCrm(options);
  const counter = { requests: 0 };
  const server = createServer((request, response) => {
    const delay = options.latencyMs
      ? [{ kind: 'latency', delayMs: options.latencyMs } as const]
      : [];
    respond(crm, request, counter)
      .then(({ reply, faults }) => send(response, withDate(crm, reply), [...faults, ...delay]))
      // Only a fault given over HTTP with values no header can hold leads here.
      .catch(() => response.destroy());
  });
  // Longer than clients keep idle connections, so that none is closed under a request.
  server.keepAliveTimeout = 65_000;
  await listen(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const keep = () => options.dataFile && keepRecords(options.dataFile, crm.dataset);
  const live = () => {
    crm.dataset.evolve(3);
    keep();
  };
  keep();
  const timer = options.living
    ? setInterval(live, options.evolveEveryMs ?? 20_000).unref()
    : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    dataset: crm.dataset,
    faults: crm.faults,
    get requests() {
      return counter.requests;
    },
    stop: () => {
      keep();
      return stop(server, timer);
    },
  };
}

function buildCrm(options: CrmSimulatorOptions): Crm {
  const customFields = options.customFields ?? true;
  const clock = options.clock ?? (() => new Date());
  const faults = new Faults();
  const dataset = new Dataset({
    opportunities: options.opportunities ?? 2000,
    seed: options.seed ?? 1,
    customFields,
    clock: () => new Date(clock().getTime() + faults.skewMs),
    lagMs: () => faults.lagMs,
    records: options.dataFile ? keptRecords(options.dataFile) : undefined,
  });
  const credentials = {
    username: options.username ?? 'bqs-integration',
    password: options.password ?? 'bqs-demo-crm',
    clientId: options.clientId ?? 'bqs-client',
    clientSecret: options.clientSecret ?? 'bqs-demo-client-secret',
    tokenSeconds: options.tokenSeconds ?? 3600,
  };
  return {
    dataset,
    faults,
    gate: new Gate(credentials, () => clock().getTime()),
    attributes: attributes(customFields),
    pageCap: options.pageCap ?? 499,
    bareGetScope: options.bareGetScope ?? 'visible',
    lastServed: null,
    lastPage: null,
  };
}

async function respond(
  crm: Crm,
  request: IncomingMessage,
  counter: { requests: number },
): Promise<{ reply: Reply; faults: Fault[] }> {
  const body = await readBody(request);
  const method = request.method ?? 'GET';
  const [path = '/', search = ''] = (request.url ?? '/').split('?');
  const controlled = answerControl(crm, method, path, body);
  if (controlled) return { reply: controlled, faults: [] };
  counter.requests++;
  const query = new URLSearchParams(search);
  const faults = crm.faults.strike({
    target: `${path}?${decodeSearch(query)}`,
    method,
    idAbove: cursorOf(query.get('q')),
    resource: resourceOf(path),
  });
  disturb(crm.dataset, faults);
  const reply = answer(crm, { method, path, query, headers: request.headers, body, faults });
  return { reply, faults: faults.filter(spoilsTransport) };
}

function decodeSearch(query: URLSearchParams): string {
  return [...query].map(([name, value]) => `${name}=${value}`).join('&');
}

function cursorOf(q: string | null): bigint | null {
  const digits = /OptyId\s*>=?\s*['"]?(\d+)/.exec(q ?? '')?.[1];
  return digits === undefined ? null : BigInt(digits);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
  } catch {
    // The caller went away; the answer goes nowhere either.
    return '';
  }
  return Buffer.concat(chunks).toString('utf8');
}

function withDate(crm: Crm, reply: Reply): Reply {
  return { ...reply, headers: { Date: crm.dataset.clock().toUTCString(), ...reply.headers } };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stop(server: Server, timer: NodeJS.Timeout | undefined): Promise<void> {
  clearInterval(timer);
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
