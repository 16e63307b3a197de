import { describe, expect, it } from 'vitest';
import { faultLevel } from './fault-level.ts';

const routeError = (status: number) => ({
  status,
  statusText: '',
  internal: true,
  data: 'No route',
});

describe('the level of an error in the log', () => {
  it.each<[string, unknown, string]>([
    ['an address no page has', routeError(404), 'info'],
    ['a post to a page that takes none', routeError(405), 'info'],
    ['a refusal', new Response(null, { status: 403 }), 'info'],
    ['an answer that says BQS failed', new Response(null, { status: 500 }), 'error'],
    ['a route error of the server', routeError(503), 'error'],
    ['an exception', new Error('no connection'), 'error'],
    ['a database out of reach', new Error('Connection terminated unexpectedly'), 'warn'],
    ['a parameter of an older Remix', new Error('… making ?_data requests …'), 'info'],
    ['anything else', { status: 404 }, 'error'],
  ])('of %s', (_case, error, level) => expect(faultLevel(error)).toBe(level));
});
