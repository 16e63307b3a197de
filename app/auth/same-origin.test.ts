import { describe, expect, it } from 'vitest';
import { isCrossSite } from './same-origin.ts';

const app = 'https://bqs.example.test';
const verdict = (headers: Record<string, string>) => isCrossSite(new Headers(headers), app);

describe('a request that changes something', () => {
  it.each([
    ['our own page', { 'Sec-Fetch-Site': 'same-origin', Origin: app }],
    ['an older browser on our own page', { Origin: app }],
    ['a program', {}],
    [
      'the same machine by another name',
      { Origin: 'http://127.0.0.1:3000', Host: '127.0.0.1:3000' },
    ],
  ])('passes from %s', (_who, headers) => expect(verdict(headers)).toBe(false));

  it.each([
    ['another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test' }],
    ['a sibling of our site', { 'Sec-Fetch-Site': 'same-site' }],
    ['an older browser on another site', { Origin: 'https://evil.test' }],
    ['a sandboxed frame', { Origin: 'null' }],
    ['a site named alike', { Origin: 'https://bqs.example.test.evil.test' }],
    ['our name without its lock', { Origin: 'http://bqs.example.test' }],
    [
      'our name without its lock, as the host of the request too',
      { Origin: 'http://bqs.example.test', Host: 'bqs.example.test' },
    ],
    [
      'a name that somebody else leads to this machine',
      { Origin: 'http://evil.test:3000', Host: 'evil.test:3000' },
    ],
    [
      'another site that claims to be ours',
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://evil.test' },
    ],
  ])('is refused from %s', (_who, headers) => expect(verdict(headers)).toBe(true));
});
