import { describe, expect, it } from 'vitest';
import { isDatabaseOutage } from './database-outage.ts';

const fault = (message: string, more: object = {}) => Object.assign(new Error(message), more);
const ofAdapter = (code: string, cause: object) =>
  fault('\nInvalid `prisma.$queryRaw()` invocation:', {
    code,
    meta: { driverAdapterError: { name: 'DriverAdapterError', cause } },
  });

describe('an error of a database that is out of reach', () => {
  it.each(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2037'])(
    'is known by Prisma’s %s',
    (code) => expect(isDatabaseOutage(fault('', { code }))).toBe(true),
  );

  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN'],
    ...['EHOSTUNREACH', '57P01', '57P02', '57P03', '53300', '08000', '08003', '08006'],
  ])('is known by the driver’s %s', (code) =>
    expect(isDatabaseOutage(fault('', { code }))).toBe(true),
  );

  it.each([
    'Connection terminated',
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'Query read timeout',
    'timeout exceeded when trying to connect',
    'Client has encountered a connection error and is not queryable',
    'Transaction API error: Unable to start a transaction in the given time.',
  ])('is known by the words “%s”', (words) => expect(isDatabaseOutage(fault(words))).toBe(true));

  it.each([
    ['P2010', { kind: 'DatabaseNotReachable' }],
    ['P2010', { kind: 'ConnectionClosed' }],
    ['P2010', { kind: 'SocketTimeout' }],
    ['P2010', { kind: 'TooManyConnections' }],
    ['P2039', { kind: 'postgres', originalCode: '57P01' }],
  ])('is known by what lies beneath %s: %o', (code, cause) =>
    expect(isDatabaseOutage(ofAdapter(code, cause))).toBe(true),
  );

  it.each<[string, unknown]>([
    ['a value that is there already', fault('', { code: 'P2002' })],
    ['a statement that is wrong', ofAdapter('P2010', { kind: 'postgres', originalCode: '42601' })],
    ['a lock that was waited for too long', fault('', { code: '55P03' })],
    ['a transaction that took too long', fault('Transaction already closed', { code: 'P2028' })],
    ['a file store out of reach', fault('', { code: 'ECONNREFUSED', $metadata: { attempts: 3 } })],
    ['a mistake of ours', new TypeError('x is undefined')],
    ['a response', new Response(null, { status: 503 })],
    ['nothing', null],
  ])('is not %s', (_what, error) => expect(isDatabaseOutage(error)).toBe(false));
});
